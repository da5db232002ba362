#include "language/evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>

namespace reelwright::language {

namespace {

using Phrases = std::initializer_list<std::string_view>;
using Words = std::vector<std::string>;

// Passed over before an opening is judged.
constexpr auto fillers = std::to_array<std::string_view>(
    {"uh", "um", "uhm", "er", "ah", "oh", "hmm", "mm", "well", "yeah", "yes", "and", "but"});
constexpr auto discourse_markers = std::to_array<std::string_view>(
    {"okay", "ok", "alright", "right", "great", "good", "anyway", "so", "now"});
// A line that opens with one of these was spoken rather than written.
constexpr auto spoken_openings = std::to_array<std::string_view>(
    {"uh", "um",      "hmm",   "mm", "oh",  "well",   "yeah",  "yep", "yes",    "sure", "okay",
     "ok", "alright", "right", "so", "now", "anyway", "hello", "hi",  "thanks", "thank"});
// Words that lean on what was said before.
constexpr auto continuations =
    std::to_array<std::string_view>({"it", "it's", "he", "she", "they", "they're", "that", "that's", "this",
                                     "these", "those", "which", "because", "or", "then", "if"});

const Phrases moving_on = {"next",   "move on", "moving on", "move along", "go on to", "turn to",
                           "agenda", "last",    "finally",   "switch",     "first"};
const Phrases inviting = {"let's", "let us", "let me"};
const Phrases announcing = {"want to", "wanted to",  "going to",     "like to",
                            "i'll",    "talk about", "talking about"};
const Phrases adding = {"another", "other", "also", "by the way"};
const Phrases thanking = {"thank you", "thanks"};
const Phrases closing = {"thank you",       "thanks",  "that's it", "that's all",
                         "that's about it", "awesome", "cool"};
const Phrases handing_over = {
    "next", "go to", "go on to", "move on", "questions from", "question is from", "the floor"};

// Log odds of a new topic, rounded from a logistic regression over meetings and work sessions, times 1.5, a
// compromise between those sets: cohesion, which counts words as independent, is too sure of itself.
constexpr double weight_length = 1.2;  // a natural-log unit of the number of words
constexpr double weight_marker = 0.75;
constexpr double weight_moving_on = 1.5;
constexpr double weight_inviting = 1.5;
constexpr double weight_announcing = 1.2;
constexpr double weight_adding = 0.6;
constexpr double weight_thanking = 1.2;
constexpr double weight_closing = 1.2;
constexpr double weight_handing_over = 1.2;
constexpr double weight_continuation = -0.3;
constexpr double weight_pause = 0.45;  // a natural-log unit of one second and the pause
constexpr double weight_speaker = 0.45;

constexpr double longest_opening = 12;     // words; longer lines open topics no better
constexpr double longest_pause = 10;       // seconds
constexpr double share_when_spoken = 0.1;  // of lines with a spoken opening; from there on a text is speech
constexpr std::size_t near_words = 5;
constexpr std::size_t far_words = 10;

template <std::size_t Count>
bool among(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Words [from, to) with a blank around each, to find phrases in.
std::string joined(const Words& words, std::size_t from, std::size_t to) {
  std::string text = " ";
  for (auto i = from; i < std::min(to, words.size()); ++i) text += words[i] + ' ';
  return text;
}

bool has(const std::string& text, const Phrases& phrases) {
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    return text.find(' ' + std::string(phrase) + ' ') != std::string::npos;
  });
}

double cue_evidence(const Words& before, const Words& words) {
  const auto opening = static_cast<std::size_t>(
      std::ranges::find_if_not(words, [](const auto& word) { return among(fillers, word); }) - words.begin());
  const auto near = joined(words, opening, opening + near_words);
  const auto far = joined(words, opening, opening + far_words);
  const auto close = joined(before, before.size() - std::min(before.size(), far_words), before.size());
  double sum = 0;
  if (opening < words.size() && among(discourse_markers, words[opening])) sum += weight_marker;
  if (has(far, moving_on)) sum += weight_moving_on;
  if (has(near, inviting)) sum += weight_inviting;
  if (has(far, announcing)) sum += weight_announcing;
  if (has(near, adding)) sum += weight_adding;
  if (has(far, thanking)) sum += weight_thanking;
  if (has(close, closing)) sum += weight_closing;
  if (has(close, handing_over)) sum += weight_handing_over;
  if (!words.empty() && among(continuations, words.front())) sum += weight_continuation;
  return sum;
}

double pause_evidence(const Line& before, const Line& line) {
  if (!before.span || !line.span) return 0;
  const double pause = core::to_seconds(line.span->start - before.span->end);
  return weight_pause * std::log1p(std::clamp(pause, 0.0, longest_pause));
}

double evidence_at(const Line& before, const Line& line, const Words& words_before, const Words& words,
                   bool english) {
  double sum = weight_length * std::log1p(std::min(static_cast<double>(words.size()), longest_opening));
  if (english) sum += cue_evidence(words_before, words);
  sum += pause_evidence(before, line);
  if (!line.speaker.empty() && !before.speaker.empty() && line.speaker != before.speaker)
    sum += weight_speaker;
  return sum;
}

/// 0 for prose, 1 for speech. A transcript with times was spoken whatever its words are.
double spokenness(const std::vector<Line>& lines, const std::vector<Words>& words) {
  if (std::ranges::any_of(lines, [](const Line& line) { return line.span.has_value(); })) return 1;
  const auto spoken = std::ranges::count_if(
      words, [](const Words& line) { return !line.empty() && among(spoken_openings, line.front()); });
  return std::min(1.0, static_cast<double>(spoken) / static_cast<double>(words.size()) / share_when_spoken);
}

}  // namespace

std::vector<double> boundary_evidence(const std::vector<Line>& lines, const Lexer& lexer) {
  std::vector<double> evidence(lines.size(), 0.0);
  if (lines.size() < 2) return evidence;
  std::vector<Words> words(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (auto& token : lexer.tokens(lines[i].text)) words[i].push_back(std::move(token.lower));
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    evidence[i] = evidence_at(lines[i - 1], lines[i], words[i - 1], words[i], lexer.is_english());
  }
  const double mean =
      std::accumulate(evidence.begin(), evidence.end(), 0.0) / static_cast<double>(lines.size() - 1);
  const double share = spokenness(lines, words);
  for (std::size_t i = 1; i < lines.size(); ++i) evidence[i] = share * (evidence[i] - mean);
  return evidence;
}

}  // namespace reelwright::language
