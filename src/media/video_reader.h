#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/time.h"

struct AVFrame;

namespace reelwright::media {

/// One decoded picture, upright, progressive, 8-bit 4:2:0 BT.709 or BT.601 as tagged. Moves, never copies
/// pixels.
struct Frame {
  struct Release {
    void operator()(AVFrame* frame) const;
  };
  std::unique_ptr<AVFrame, Release> picture{};
  core::Time time{};
  core::Time duration{};
  bool key = false;  ///< encoded without reference to others
};

/// Decodes the video track of a file: rotation undone, deinterlaced, HDR tone-mapped, pixels not yet square
/// (`pixel_aspect`). Frames come in presentation order with their true times, so variable rates stay exact.
/// Broken packets are skipped. Not thread-safe; hand frames to other threads freely.
class VideoReader {
 public:
  struct Options {
    core::Time from{};               ///< the first frame is the one on screen at this time
    std::optional<core::Time> to{};  ///< frames that begin at or after this are not delivered
    int threads = 0;                 ///< of the decoder; 0: as many as there are cores
    bool for_analysis = false;       ///< faster and a little less exact: the deblocking filter is skipped
    /// Pictures that no other refers to are left out where those that remain are at most this far apart,
    /// which halves the work on most files. Zero: every picture is delivered.
    core::Time spacing{};
    std::stop_token stop{};  ///< ends the way from the key frame to `from`, and all that follows
  };

  /// Throws `cancelled` where `stop` was asked for, as `next` does.
  VideoReader(const std::filesystem::path& file, const Options& options);
  ~VideoReader();
  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;

  /// The next frame, or nothing at the end.
  std::optional<Frame> next();

  /// Width over height of a stored pixel, after rotation.
  double pixel_aspect() const;

  /// Size as shown, in square pixels: the coordinates of every box and crop window.
  int width() const;
  int height() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media
