#include "speech/speaker_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <utility>

namespace reelwright::speech {

namespace {

using namespace std::chrono_literals;
using transcript::Segment;
using transcript::Transcript;
using transcript::Word;

constexpr core::Time near = 1s;

using Speaker = std::optional<std::size_t>;

/// Answers for words whose starts never decrease.
class Listener {
 public:
  explicit Listener(std::span<const Turn> turns) : turns_(turns) {}

  Speaker speaker_of(const Word& word) {
    while (!turns_.empty() && turns_.front().span.end + near < word.start) turns_ = turns_.subspan(1);
    std::map<std::size_t, core::Time> held;
    Speaker nearest;
    core::Time distance = near;
    for (const Turn& turn : turns_) {
      if (turn.span.start > word.end + near) break;
      const core::Time common = std::min(turn.span.end, word.end) - std::max(turn.span.start, word.start);
      if (common > 0us) held[turn.speaker] += common;
      if (-common > distance || (nearest && -common == distance)) continue;
      nearest = turn.speaker;
      distance = -common;
    }
    if (held.empty()) return nearest;
    return std::ranges::max_element(held, {}, [](const auto& entry) { return entry.second; })->first;
  }

 private:
  std::span<const Turn> turns_;
};

/// Of each word of a segment; those that nobody says go with the one before, else with the one behind. Empty
/// where nobody says any.
std::vector<std::size_t> speakers_of(const Segment& segment, Listener& listener) {
  std::vector<std::size_t> speakers;
  speakers.reserve(segment.words.size());
  std::size_t unsaid = 0;
  for (const Word& word : segment.words) {
    if (const Speaker speaker = listener.speaker_of(word); speaker)
      speakers.insert(speakers.end(), speakers.empty() ? unsaid + 1 : 1, *speaker);
    else if (speakers.empty())
      ++unsaid;
    else
      speakers.push_back(speakers.back());
  }
  return speakers;
}

/// What speakers are called.
class Names {
 public:
  /// Of each name that was given, how many words each speaker says under it.
  using Counts = std::map<std::string, std::map<std::size_t, std::size_t>>;

  /// A name that was given is that of who says most under it; of several, the one with most of those words.
  explicit Names(const Counts& given) {
    std::map<std::size_t, std::size_t> most;
    for (const auto& [name, words] : given) {
      taken_.insert(name);
      if (words.empty()) continue;
      const auto [speaker, count] =
          *std::ranges::max_element(words, {}, [](const auto& e) { return e.second; });
      if (count <= most[speaker]) continue;
      most[speaker] = count;
      names_[speaker] = name;
    }
  }

  const std::string& of(std::size_t speaker) {
    std::string& name = names_[speaker];
    if (!name.empty()) return name;
    do name = fmt::format("Speaker {}", ++last_);
    while (taken_.contains(name));
    return name;
  }

 private:
  std::map<std::size_t, std::string> names_;
  std::set<std::string> taken_;
  std::size_t last_ = 0;
};

std::vector<Segment> parted(Segment segment, const std::vector<std::size_t>& speakers, Names& names) {
  if (speakers.empty()) return {std::move(segment)};
  std::vector<Segment> parts;
  for (std::size_t i = 0; i < speakers.size(); ++i) {
    if (i == 0 || speakers[i] != speakers[i - 1])
      parts.push_back({.start = segment.words[i].start,
                       .end = segment.words[i].end,
                       .speaker = names.of(speakers[i]),
                       .words = {}});
    parts.back().end = std::max(parts.back().end, segment.words[i].end);
    parts.back().words.push_back(std::move(segment.words[i]));
  }
  parts.front().start = segment.start;
  parts.back().end = segment.end;
  return parts;
}

}  // namespace

bool all_speakers_named(const Transcript& transcript) {
  return std::ranges::none_of(transcript.segments, &std::string::empty, &Segment::speaker);
}

void label_speakers(Transcript& transcript, std::span<const Turn> turns) {
  std::vector<std::vector<std::size_t>> speakers;
  speakers.reserve(transcript.segments.size());
  Listener listener(turns);
  for (const Segment& segment : transcript.segments) speakers.push_back(speakers_of(segment, listener));
  Names::Counts given;
  for (const auto& [segment, of] : std::views::zip(transcript.segments, speakers)) {
    if (segment.speaker.empty()) continue;
    auto& words = given[segment.speaker];
    for (const std::size_t speaker : of) ++words[speaker];
  }
  Names names(given);
  std::vector<Segment> segments;
  for (auto&& [segment, of] : std::views::zip(transcript.segments, speakers)) {
    if (segment.words.empty() || !segment.speaker.empty())
      segments.push_back(std::move(segment));
    else
      std::ranges::move(parted(std::move(segment), of, names), std::back_inserter(segments));
  }
  transcript.segments = std::move(segments);
}

}  // namespace reelwright::speech
