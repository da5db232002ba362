#include <algorithm>
#include <cmath>
#include <numeric>

#include "clips/alternatives.h"
#include "clips/selection.h"
#include "clips/selection_request.h"
#include "clips/selection_schedule.h"

namespace reelwright::clips {

namespace {

constexpr double activity_floor = 0.4;  // mean rank; a duller span is not worth showing

struct Window {
  core::Span span;
  double sound;
  double picture;
  double score;
};

/// Ranks 0 to 1 of the values; all 0 where they do not differ, so that a still picture and silence count as
/// dull.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<double> ranked(values.size(), 0.0);
  if (values.empty() || std::ranges::max(values) - std::ranges::min(values) < 1e-9) return ranked;
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto [low, high] = std::ranges::equal_range(sorted, values[i]);
    const auto middle = static_cast<double>((low - sorted.begin()) + (high - sorted.begin()) - 1) / 2;
    ranked[i] = middle / static_cast<double>(std::max<std::size_t>(1, values.size() - 1));
  }
  return ranked;
}

/// The loudest step of each second, in dB.
std::vector<double> loudness_by_second(const media::Envelope& sound, std::size_t seconds) {
  std::vector<double> loudest(seconds, -100.0);
  for (std::size_t i = 0; i < sound.decibels.size(); ++i) {
    const auto second = static_cast<std::size_t>(core::to_seconds(sound.step) * static_cast<double>(i));
    if (second < seconds) loudest[second] = std::max(loudest[second], static_cast<double>(sound.decibels[i]));
  }
  return loudest;
}

std::vector<double> running_sum(const std::vector<double>& values) {
  std::vector<double> sums(values.size() + 1, 0.0);
  std::partial_sum(values.begin(), values.end(), sums.begin() + 1);
  return sums;
}

/// Lengths in whole seconds that are tried from every second: shortest, ideal, longest.
std::vector<std::size_t> lengths_of(const SelectionRequest& request, std::size_t seconds) {
  const auto whole = [](core::Time time) {
    return static_cast<std::size_t>(std::ceil(core::to_seconds(time) - 1e-9));
  };
  const auto longest = static_cast<std::size_t>(core::to_seconds(request.max_duration));
  std::vector<std::size_t> lengths;
  for (const auto length : {whole(request.min_duration), whole(ideal_duration(request)), longest}) {
    const auto usable = std::min(length, seconds);
    if (usable > 0 && usable <= longest && (lengths.empty() || usable > lengths.back()))
      lengths.push_back(usable);
  }
  return lengths;
}

std::vector<Window> windows_of(const std::vector<double>& sound, const std::vector<double>& picture,
                               const SelectionRequest& request, const core::Context& context) {
  const auto sound_sums = running_sum(sound);
  const auto picture_sums = running_sum(picture);
  const auto seconds = sound.size();
  const auto lengths = lengths_of(request, seconds);
  std::vector<Window> windows;
  for (std::size_t begin = 0; begin < seconds; ++begin) {
    context.check();
    for (const auto length : lengths) {
      if (begin + length > seconds) break;
      const auto mean = [&](const std::vector<double>& sums) {
        return (sums[begin + length] - sums[begin]) / static_cast<double>(length);
      };
      const core::Span span{std::chrono::seconds(begin), std::chrono::seconds(begin + length)};
      const double loud = mean(sound_sums);
      const double moving = mean(picture_sums);
      windows.push_back({span, loud, moving, std::max(loud, moving) * 0.5 + (loud + moving) * 0.25});
    }
  }
  return windows;
}

ChosenClip describe(const Window& window) {
  const double livelier = std::max(window.sound, window.picture);
  return {0,
          window.span,
          clip_title("Highlight", window.span.start),
          "A lively part without speech.",
          {},
          {},
          window.score,
          {{"sound_activity", window.sound, 0.25},
           {"picture_activity", window.picture, 0.25},
           {"livelier_of_both", livelier, 0.5}}};
}

}  // namespace

Selection choose_by_activity(const media::Envelope& sound, const std::vector<float>& picture_activity,
                             const SelectionRequest& request, const core::Context& context) {
  require_possible(request);
  Selection selection;
  selection.warnings.push_back(
      {"no_speech", "No speech was found; the clips are the liveliest parts by sound and picture."});
  const core::Span whole{core::Time{}, request.source_duration};
  if (request.source_duration <= request.min_duration) {
    selection.clips.push_back(describe({whole, 0, 0, 0}));
    selection.alternatives.push_back(alternative(selection.clips.front(), true));
    if (request.source_duration < request.min_duration) selection.warnings.push_back(short_source(request));
    selection.clips.front().number = 1;
    return selection;
  }
  const auto seconds = static_cast<std::size_t>(core::to_seconds(request.source_duration));
  std::vector<double> moving(picture_activity.begin(), picture_activity.end());
  moving.resize(seconds, moving.empty() ? 0.0 : moving.back());
  auto windows = windows_of(ranks(loudness_by_second(sound, seconds)), ranks(moving), request, context);
  std::vector<Slot> slots;
  for (const auto& window : windows) {
    const auto begin = static_cast<std::size_t>(core::to_seconds(window.span.start));
    const auto end = static_cast<std::size_t>(core::to_seconds(window.span.end));
    slots.push_back({begin, end, begin, end - 1, window.score - activity_floor});
  }
  auto chosen = best_schedule(slots, static_cast<std::size_t>(request.count), 0);
  if (chosen.empty() && !windows.empty()) {  // dull throughout: still show what is least so
    chosen.push_back(
        static_cast<std::size_t>(std::ranges::max_element(windows, {}, &Window::score) - windows.begin()));
  }
  std::ranges::stable_sort(chosen, std::greater{}, [&](std::size_t i) { return windows[i].score; });
  for (const auto i : chosen) selection.clips.push_back(describe(windows[i]));
  std::vector<ScoredSpan> spans;
  spans.reserve(windows.size());
  for (const auto& window : windows) spans.push_back({window.span, window.score});
  for (const auto i : worth_showing(spans, selection.clips)) {
    const bool is_chosen = std::ranges::contains(selection.clips, windows[i].span, &ChosenClip::span);
    selection.alternatives.push_back(alternative(describe(windows[i]), is_chosen));
  }
  finish(selection, request);
  return selection;
}

}  // namespace reelwright::clips
