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

}  // namespace reelwright::speech
