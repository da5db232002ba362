#include "clips/reranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "clips/selection_schedule.h"

namespace reelwright::clips {

namespace {

constexpr double share_of_the_model = 0.5;
constexpr double best_score = 100;

void judge(Alternative& alternative, const Judgement& judgement) {
  const double value = judgement.score / best_score;
  for (Signal& reason : alternative.reasons) reason.weight *= 1 - share_of_the_model;
  alternative.reasons.push_back({"language_model", value, share_of_the_model});
  alternative.score = alternative.score * (1 - share_of_the_model) + value * share_of_the_model;
  if (!judgement.title.empty()) alternative.title = judgement.title;
}

/// Places on a line of the ends of all spans: what overlaps in time overlaps there, and nothing else does.
std::vector<Slot> slots_of(const std::vector<Alternative>& alternatives) {
  std::set<core::Time> ends;
  for (const Alternative& one : alternatives) ends.insert({one.span.start, one.span.end});
  const auto place = [&](core::Time time) {
    return static_cast<std::size_t>(std::distance(ends.begin(), ends.find(time)));
  };
  std::vector<Slot> slots;
  slots.reserve(alternatives.size());
  for (const Alternative& one : alternatives)
    slots.push_back({place(one.span.start), place(one.span.end), one.first_topic, one.last_topic,
                     one.score - score_floor});
  return slots;
}

/// Indices of the best set, the best first.
std::vector<std::size_t> choose(const std::vector<Alternative>& alternatives, std::size_t count) {
  std::vector<std::size_t> by_time(alternatives.size());
  std::iota(by_time.begin(), by_time.end(), 0U);
  const std::vector<Slot> slots = slots_of(alternatives);
  std::ranges::sort(by_time, {}, [&](std::size_t i) { return std::pair(slots[i].begin, slots[i].end); });
  std::vector<Slot> sorted;
  sorted.reserve(slots.size());
  for (const std::size_t i : by_time) sorted.push_back(slots[i]);
  std::vector<std::size_t> chosen;
  for (const std::size_t i : best_schedule(sorted, count, topic_repeat_price)) chosen.push_back(by_time[i]);
  if (chosen.empty())
    chosen.push_back(static_cast<std::size_t>(
        std::ranges::max_element(alternatives, {}, &Alternative::score) - alternatives.begin()));
  std::ranges::stable_sort(chosen, std::greater{}, [&](std::size_t i) { return alternatives[i].score; });
  return chosen;
}

/// Those that were chosen before are told of already.
std::vector<ChosenClip> described(const Selection& selection, const std::vector<std::size_t>& chosen,
                                  const DescribeSpans& describe) {
  std::vector<core::Span> untold;
  const auto find = [&](const core::Span& span) {
    return std::ranges::find(selection.clips, span, &ChosenClip::span);
  };
  for (const std::size_t i : chosen)
    if (find(selection.alternatives[i].span) == selection.clips.end())
      untold.push_back(selection.alternatives[i].span);
  std::vector<ChosenClip> told = untold.empty() ? std::vector<ChosenClip>{} : describe(untold);
  auto next = told.begin();
  std::vector<ChosenClip> clips;
  clips.reserve(chosen.size());
  for (const std::size_t i : chosen) {
    const auto known = find(selection.alternatives[i].span);
    if (known != selection.clips.end())
      clips.push_back(*known);
    else
      clips.push_back(std::move(*next++));
  }
  return clips;
}

}  // namespace

Selection reranked(Selection selection, const std::vector<Judgement>& judgements, std::size_t count,
                   const DescribeSpans& describe) {
  if (selection.alternatives.empty()) return selection;
  for (const Judgement& judgement : judgements)
    judge(selection.alternatives.at(judgement.candidate), judgement);
  const std::vector<std::size_t> chosen = choose(selection.alternatives, count);
  std::vector<ChosenClip> clips = described(selection, chosen, describe);
  std::set<std::string> titles;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Alternative& alternative = selection.alternatives[chosen[i]];
    ChosenClip& clip = clips[i];
    clip.number = static_cast<int>(i) + 1;
    clip.score = alternative.score;
    clip.reasons = alternative.reasons;
    if (titles.insert(alternative.title).second) clip.title = alternative.title;
    const auto judged = std::ranges::find(judgements, chosen[i], &Judgement::candidate);
    if (judged != judgements.end()) clip.opinion = judged->opinion;
  }
  for (Alternative& alternative : selection.alternatives)
    alternative.chosen = std::ranges::contains(clips, alternative.span, &ChosenClip::span);
  std::ranges::stable_sort(selection.alternatives, std::greater{}, &Alternative::score);
  selection.clips = std::move(clips);
  return selection;
}

}  // namespace reelwright::clips
