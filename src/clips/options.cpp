#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "captions/style.h"
#include "clips/job.h"
#include "media/video_encoder.h"

namespace reelwright::clips {

namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw core::Error(core::ErrorCode::invalid_input, message);
}

void validate_durations(const Options& options) {
  constexpr core::Time shortest = std::chrono::seconds(1);
  constexpr core::Time longest = std::chrono::hours(1);
  const double min = core::to_seconds(options.min_duration);
  const double max = core::to_seconds(options.max_duration);
  if (options.min_duration < shortest || options.max_duration > longest)
    refuse("--min-duration and --max-duration take 1 to 3600 seconds.");
  if (options.min_duration > options.max_duration)
    refuse(fmt::format("--min-duration {:g} is more than --max-duration {:g}; make it smaller.", min, max));
}

}  // namespace

void validate(const Options& options) {
  constexpr std::array<std::string_view, 5> ratios{"9:16", "1:1", "4:5", "16:9", "source"};
  if (options.num_clips < 1 || options.num_clips > 20) refuse("--num-clips takes 1 to 20.");
  if (std::ranges::find(ratios, options.aspect_ratio) == ratios.end())
    refuse("--aspect-ratio takes 9:16, 1:1, 4:5, 16:9 or source.");
  validate_durations(options);
  if (!media::is_h264_encoder(options.encoder))
    refuse(
        fmt::format("--encoder {}: FFmpeg has no H.264 encoder of that name here; leave it out for libx264.",
                    options.encoder));
  if (options.caption_style != "none") captions::caption_style(options.caption_style);
}

}  // namespace reelwright::clips
