#include <fmt/format.h>

#include "clips/request.h"

namespace reelwright::clips {

namespace {

using core::Time;

/// Durations are told with fewer digits than they have, in one way by containers and in another by players.
constexpr Time rounding = std::chrono::milliseconds(500);

class Fitting {
 public:
  explicit Fitting(const media::SourceFacts& source) : source_(source) {}

  void times(const std::string& field, std::optional<Time> start, std::optional<Time> end) {
    if (start && *start >= source_.duration) beyond(field + ".start");
    if (end && *end > source_.duration + rounding) beyond(field + ".end");
  }

  void crop(const std::string& field, const std::vector<vision::ManualKeyframe>& keyframes,
            const media::VideoFacts& video) {
    for (std::size_t i = 0; i < keyframes.size(); ++i) {
      const vision::ManualKeyframe& keyframe = keyframes[i];
      const std::string at = fmt::format("{}.crop[{}]", field, i);
      if (keyframe.time > source_.duration + rounding) beyond(at + ".time");
      inside(at + ".x", keyframe.x, video.width, video);
      inside(at + ".y", keyframe.y, video.height, video);
      inside(at + ".width", keyframe.width.value_or(0), video.width, video);
    }
  }

  std::vector<FieldFault> take() { return std::move(faults_); }

 private:
  void beyond(const std::string& field) {
    faults_.push_back({field, fmt::format("lies beyond the end of the recording, which is {:.3f} s long",
                                          core::to_seconds(source_.duration))});
  }

  void inside(const std::string& field, double value, int most, const media::VideoFacts& video) {
    if (value > most)
      faults_.push_back({field, fmt::format("lies outside of the picture, which is {} x {} pixels",
                                            video.width, video.height)});
  }

  const media::SourceFacts& source_;
  std::vector<FieldFault> faults_;
};

}  // namespace

std::vector<FieldFault> misfits_of(const Options& options, const media::SourceFacts& source) {
  Fitting fitting(source);
  for (std::size_t i = 0; i < options.spans.size(); ++i)
    fitting.times(fmt::format("spans[{}]", i), options.spans[i].span.start, options.spans[i].span.end);
  for (std::size_t i = 0; i < options.edits.size(); ++i) {
    const Edit& edit = options.edits[i];
    const std::string field = fmt::format("edits[{}]", i);
    fitting.times(field, edit.start, edit.end);
    if (source.video) fitting.crop(field, edit.crop, *source.video);
  }
  return fitting.take();
}

}  // namespace reelwright::clips
