#include "clips/lineup.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace reelwright::clips {

namespace {

using core::Span;
using core::Time;

constexpr Time shortest_clip = std::chrono::seconds(1);

Entry of_own_span(const OwnSpan& own) {
  return {.clip = {.number = 0,
                   .span = own.span,
                   .title = own.title,
                   .description = {},
                   .text_preview = {},
                   .keywords = {},
                   .score = 0,
                   .reasons = {}},
          .has_own_span = true,
          .title_stands = !own.title.empty()};
}

/// Numbered from 1.
std::vector<Entry> before_edits(const std::vector<ChosenClip>& chosen, const Options& options) {
  std::vector<Entry> entries;
  if (options.spans.empty() || options.keep_chosen)
    for (const ChosenClip& clip : chosen) entries.push_back({.clip = clip});
  for (const OwnSpan& own : options.spans) {
    const auto same =
        std::ranges::find(entries, own.span, [](const Entry& entry) { return entry.clip.span; });
    if (same == entries.end()) entries.push_back(of_own_span(own));
  }
  int number = 0;
  for (Entry& entry : entries) entry.clip.number = ++number;
  return entries;
}

/// What two spans have in common; nothing where that is less than half of the shorter.
Time common(const Span& a, const Span& b) {
  const Time both = std::min(a.end, b.end) - std::max(a.start, b.start);
  return both * 2 >= std::min(a.duration(), b.duration()) ? std::max(Time{}, both) : Time{};
}

/// Numbers the entries as the edits want it.
class Numbering {
 public:
  explicit Numbering(std::vector<Entry> entries) : free_(std::move(entries)) {}

  /// An edit that is a clip by itself.
  void pin(int number, const Span& span) {
    Entry entry = of_own_span({span, {}});
    if (const auto alike = most_alike(span); alike != free_.end()) {
      entry = std::move(*alike);
      free_.erase(alike);
    } else {
      std::erase_if(free_, [&](const Entry& other) { return other.clip.number == number; });
    }
    taken_.emplace(number, std::move(entry));
  }

  std::vector<Entry> finish() {
    std::vector<Entry> homeless;
    for (Entry& entry : free_) {
      const int number = entry.clip.number;
      if (!taken_.contains(number)) {
        taken_.emplace(number, std::move(entry));
      } else {
        homeless.push_back(std::move(entry));
      }
    }
    int number = 1;
    for (Entry& entry : homeless) {
      while (taken_.contains(number)) ++number;
      taken_.emplace(number, std::move(entry));
    }
    std::vector<Entry> entries;
    for (auto& [own, entry] : taken_) {
      entry.clip.number = own;
      entries.push_back(std::move(entry));
    }
    return entries;
  }

 private:
  using Entries = std::vector<Entry>;

  Entries::iterator most_alike(const Span& span) {
    const auto shared = [&](const Entry& entry) { return common(entry.clip.span, span); };
    const auto most = std::ranges::max_element(free_, {}, shared);
    return most == free_.end() || shared(*most) == Time{} ? free_.end() : most;
  }

  Entries free_;
  std::map<int, Entry> taken_;
};

[[noreturn]] void refuse_span(std::size_t edit, const Span& span) {
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("edits[{}] leaves less than a second of its clip, {:.3f} to {:.3f} s.", edit,
                                core::to_seconds(span.start), core::to_seconds(span.end)));
}

void apply(const Edit& edit, std::size_t index, Entry& entry) {
  entry.edit = &edit;
  const Span before = entry.clip.span;
  const Span span{edit.start.value_or(before.start), edit.end.value_or(before.end)};
  if (span.duration() < shortest_clip) refuse_span(index, span);
  entry.has_own_span = entry.has_own_span || span != before;
  entry.clip.span = span;
  if (edit.title) {
    entry.title_stands = true;
    entry.clip.title = *edit.title;
  }
}

}  // namespace

Lineup line_up(const std::vector<ChosenClip>& chosen, const Options& options, Time duration) {
  Numbering numbering(before_edits(chosen, options));
  for (const Edit& edit : options.edits)
    if (edit.start && edit.end) numbering.pin(edit.clip_number, {*edit.start, *edit.end});
  Lineup lineup{.entries = numbering.finish(), .warnings = {}};
  for (std::size_t i = 0; i < options.edits.size(); ++i) {
    const Edit& edit = options.edits[i];
    const auto entry = std::ranges::find(lineup.entries, edit.clip_number,
                                         [](const Entry& candidate) { return candidate.clip.number; });
    if (entry != lineup.entries.end()) {
      apply(edit, i, *entry);
    } else {
      lineup.warnings.push_back(
          {"edit_without_clip", fmt::format("There is no clip {} that could be edited; give its start and "
                                            "end to make one.",
                                            edit.clip_number)});
    }
  }
  for (Entry& entry : lineup.entries) entry.clip.span.end = std::min(entry.clip.span.end, duration);
  return lineup;
}

}  // namespace reelwright::clips
