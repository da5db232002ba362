#include "speech/doubt.h"

#include <algorithm>

namespace reelwright::speech {

namespace {

constexpr double doubtful = 0.5;        // a word below is more likely wrong than right
constexpr double many_doubtful = 0.35;  // share of the words; clear readings have a quarter

}  // namespace

void warn_of_doubt(std::span<const transcript::Word> words, std::vector<core::Warning>& warnings) {
  const auto weak =
      std::ranges::count_if(words, [](const auto& word) { return word.probability < doubtful; });
  if (static_cast<double>(weak) <= many_doubtful * static_cast<double>(words.size())) return;
  warnings.push_back(
      {"low_confidence_words",
       fmt::format(
           "{} of {} words are uncertain; bring the text (align, or clip --transcript) if you have it.", weak,
           words.size())});
}

void warn_of_loops(const std::vector<core::Time>& loops, std::vector<core::Warning>& warnings) {
  if (loops.empty()) return;
  const auto first = std::chrono::duration_cast<std::chrono::seconds>(loops.front()).count();
  warnings.push_back(
      {"repetition",
       fmt::format(
           "The recogniser went round in circles in {} stretch{} of the sound, first at {}:{:02}; its words "
           "there have a probability of 0.1 at most.",
           loops.size(), loops.size() == 1 ? "" : "es", first / 60, first % 60)});
}

}  // namespace reelwright::speech
