#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "core/time.h"
#include "media/frame_rate.h"
#include "media/probe.h"
#include "media/size.h"
#include "vision/crop_path.h"

struct AVFrame;

namespace reelwright::clips {

using media::Size;

/// The size of a clip, even: as `media::output_size` has it, or for `source` that of the source, made even.
/// Throws `invalid_input` for anything else.
Size output_size(std::string_view aspect_ratio, const media::VideoFacts& source);

/// The shape of such a clip, as numbers that stand to each other as its width to its height.
Size aspect_of(std::string_view aspect_ratio, const media::VideoFacts& source);

struct RenderRequest {
  std::filesystem::path source;
  core::Span span;  ///< on the source's timeline
  /// The camera: one keyframe an output frame. Null, or without keyframes: the whole picture over its blurred
  /// self.
  const vision::CropPath* path = nullptr;
  Size size;
  media::FrameRate rate;
  std::string encoder = "libx264";
  /// Draws onto a finished picture (8-bit 4:2:0); the time counts from the beginning of the clip. May be
  /// empty. Called from one thread.
  std::function<void(AVFrame&, core::Time)> overlay{};
  std::filesystem::path out;
  std::filesystem::path preview{};  ///< a small copy on the way; empty: none
};

struct RenderResult {
  double loudness_lufs = -70;    ///< integrated, of the sound before encoding; -70 for silence
  double true_peak_dbtp = -100;  ///< likewise; -100 for silence
  std::string encoder;           ///< the one that was used
  std::size_t frames = 0;
  core::Time duration{};
  std::vector<core::Warning> warnings{};
};

/// Renders one clip to an mp4, decoding its span once. Sound and picture end within half a frame of each
/// other. Decoding, composing and encoding run at the same time with a few pictures between them, so memory
/// does not grow with the length. The file appears whole under its name or not at all. Throws `cancelled`,
/// `storage_full`, `forbidden`, `unsupported_media` (no picture), `invalid_input` (an empty span, one outside
/// of the source).
RenderResult render_clip(const RenderRequest& request, const core::Context& context);

struct PosterRequest {
  std::filesystem::path source;
  core::Time time;  ///< on the source's timeline
  const vision::CropPath* path = nullptr;
  Size size;
  std::filesystem::path out;
};

/// Writes the picture that the clip shows at a time as JPEG. Throws what `render_clip` throws.
void render_poster(const PosterRequest& request, const std::stop_token& stop = {});

}  // namespace reelwright::clips
