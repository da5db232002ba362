#pragma once

// Inside `media/` only: the pictures of a video track as they are stored, from an exact time on.

#include <deque>
#include <stop_token>

#include "media/input.h"

namespace reelwright::media {

/// Seeks to a place before the wanted time and decodes forward to it. Not thread-safe.
class PictureDecoder {
 public:
  struct Options {
    core::Time from{};
    int threads = 0;               ///< 0: one a core
    bool skip_deblocking = false;  ///< trades a little exactness for speed
    core::Time spacing{};  ///< pictures that no other refers to are left out while the rest are this close
    std::stop_token stop{};
  };

  /// Throws `cancelled` once `stop` was asked for, as `next` does: from a key frame to `from` the way may be
  /// long.
  PictureDecoder(const std::filesystem::path& file, const Options& options);

  const AVStream& track() const { return *input_.format().streams[stream_]; }
  const Input& input() const { return input_; }

  /// The next picture, the first being the one on screen at `from` (or the very first); null at the end.
  /// Its `pts` is in the track's time base and always greater than the one before.
  FramePtr next();

  core::Time time_of(const AVFrame& picture) const { return input_.time_of(picture.pts, track().time_base); }

 private:
  void start();
  void restart(bool from_beginning, core::Time time);
  FramePtr decode();
  bool feed();
  bool too_far_apart(std::int64_t pts) const;
  std::int64_t presentation(const AVFrame& picture) const;

  Input input_;
  int stream_;
  core::Time from_;
  core::Time spacing_;
  CodecPtr decoder_;
  PacketPtr packet_ = new_packet();
  std::deque<FramePtr> ahead_;  ///< decoded while looking for the first picture
  std::int64_t last_pts_ = INT64_MIN;
  bool wait_for_key_ = false;
  bool flushing_ = false;
  bool decoding_times_only_ = false;
};

}  // namespace reelwright::media
