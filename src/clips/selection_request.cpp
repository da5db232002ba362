#include "clips/selection_request.h"

#include <cmath>

namespace reelwright::clips {

void require_possible(const SelectionRequest& request) {
  using core::to_seconds;
  if (request.source_duration <= core::Time{}) {
    throw core::Error(core::ErrorCode::invalid_input,
                      "The source has no duration; nothing can be cut from it.");
  }
  if (request.count < 1 || request.min_duration <= core::Time{} ||
      request.max_duration < request.min_duration) {
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("{} clips of {:g} to {:g} s cannot be chosen; ask for one at least, and for "
                    "durations above 0 s that rise.",
                    request.count, to_seconds(request.min_duration), to_seconds(request.max_duration)));
  }
}

core::Time ideal_duration(const SelectionRequest& request) {
  return core::from_seconds(
      std::sqrt(core::to_seconds(request.min_duration) * core::to_seconds(request.max_duration)));
}

std::string clip_title(const std::string& kind, core::Time start) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(start).count();
  const auto hours = seconds / 3600;
  if (hours > 0) return fmt::format("{} at {}:{:02}:{:02}", kind, hours, seconds / 60 % 60, seconds % 60);
  return fmt::format("{} at {}:{:02}", kind, seconds / 60, seconds % 60);
}

core::Warning fewer_clips(const SelectionRequest& request, std::size_t found) {
  return {"fewer_clips", fmt::format("The source holds {} good clip{}, fewer than the {} asked for.", found,
                                     found == 1 ? "" : "s", request.count)};
}

core::Warning short_source(const SelectionRequest& request) {
  return {"short_source",
          fmt::format("The source is {:.1f} s long, shorter than the shortest clip asked for ({:g} s); the "
                      "clip is the whole of it.",
                      core::to_seconds(request.source_duration), core::to_seconds(request.min_duration))};
}

core::Warning no_whole_sentence() {
  return {"no_whole_sentence",
          "No run of whole sentences fits the durations asked for; clips begin or end within a sentence."};
}

void finish(Selection& selection, const SelectionRequest& request) {
  int number = 0;
  for (auto& clip : selection.clips) clip.number = ++number;
  if (number < request.count) selection.warnings.push_back(fewer_clips(request, selection.clips.size()));
}

}  // namespace reelwright::clips
