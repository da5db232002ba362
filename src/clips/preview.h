#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "clips/render.h"
#include "core/context.h"
#include "media/frame_rate.h"

struct AVFrame;

namespace reelwright::clips {

/// Writes a small copy of a clip, for lists and slow lines: at most 360 pixels wide and about 300 kb/s, index
/// in front. It is given what goes into the clip itself. Without `close` nothing is left. Not thread-safe.
class PreviewWriter {
 public:
  /// `size` and `rate`: of the clip. Throws as `media::ClipWriter` does.
  PreviewWriter(const std::filesystem::path& file, Size size, media::FrameRate rate, int threads);
  ~PreviewWriter();
  PreviewWriter(const PreviewWriter&) = delete;
  PreviewWriter& operator=(const PreviewWriter&) = delete;

  /// The next finished picture.
  void write_picture(const AVFrame& picture);

  /// The next samples, 48 kHz stereo, interleaved.
  void write_sound(std::span<const float> samples);

  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same from a finished clip, which costs as much again for decoding it. Throws `cancelled`,
/// `unsupported_media`.
void render_preview(const std::filesystem::path& clip, const std::filesystem::path& out,
                    const core::Context& context);

}  // namespace reelwright::clips
