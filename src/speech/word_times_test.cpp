#include "speech/word_times.h"

#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using transcript::Timing;

std::vector<WrittenWord> written(const std::vector<std::string>& words, std::optional<core::Span> cue = {}) {
  std::vector<WrittenWord> result;
  for (const auto& word : words) result.push_back({word, 0, cue});
  return result;
}

std::optional<AlignedWord> found(core::Time start, core::Time end, double probability = 1) {
  return AlignedWord{{start, end}, probability, Timing::aligned};
}

TEST(GiveTimes, AWrittenWordSpansItsSpokenOnes) {
  const std::vector<SpokenWord> spoken = {{"five", 0}, {"million", 0}, {"dollars", 0}};
  const std::vector<std::optional<AlignedWord>> times = {found(1s, 2s, 0.9), std::nullopt,
                                                         found(3s, 4s, 0.6)};
  const auto words = give_times(written({"$5M"}), spoken, times, 10s);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].start, 1s);
  EXPECT_EQ(words[0].end, 4s);
  EXPECT_EQ(words[0].timing, Timing::aligned);
  EXPECT_DOUBLE_EQ(words[0].probability, 0.6);
}

TEST(GiveTimes, SpreadsLostWordsBetweenTheirNeighbours) {
  const std::vector<SpokenWord> spoken = {{"one", 0}, {"two", 1}, {"three", 2}, {"four", 3}};
  const std::vector<std::optional<AlignedWord>> times = {found(1s, 2s), std::nullopt, std::nullopt,
                                                         found(2500ms, 3s)};
  const auto words = give_times(written({"one", "two", "three", "four"}), spoken, times, 10s);
  EXPECT_EQ(words[1].timing, Timing::interpolated);
  EXPECT_EQ(words[1].start, 2s);
  EXPECT_EQ(words[1].end, words[2].start);
  EXPECT_EQ(words[2].end, 2500ms);
  EXPECT_LT(words[1].end - words[1].start, words[2].end - words[2].start);  // by length
}

TEST(GiveTimes, SpreadsNoSlowerThanPeopleSpeak) {
  const std::vector<SpokenWord> spoken = {{"one", 0}, {"two", 1}};
  const std::vector<std::optional<AlignedWord>> times = {found(1s, 2s), std::nullopt};
  const auto words = give_times(written({"one", "two"}), spoken, times, 3600s);
  EXPECT_EQ(words[1].start, 2s);
  EXPECT_LT(words[1].end, 3s);
}

TEST(GiveTimes, KeepsLostWordsInTheirCue) {
  const auto words = give_times(written({"ein", "Hafen"}, core::Span{5s, 6s}), {}, {}, 10s);
  EXPECT_EQ(words[0].start, 5s);
  EXPECT_LE(words[1].end, 6s);
  EXPECT_GT(words[1].end, 5500ms);
}

TEST(GiveTimes, RunsForwardWhateverWasFound) {
  const std::vector<SpokenWord> spoken = {{"one", 0}, {"two", 1}, {"three", 2}};
  const std::vector<std::optional<AlignedWord>> times = {found(5s, 6s), found(4s, 3s), found(20s, 30s)};
  const auto words = give_times(written({"one", "two", "three"}), spoken, times, 10s);
  core::Time last{};
  for (const auto& word : words) {
    EXPECT_LE(last, word.start);
    EXPECT_LE(word.start, word.end);
    EXPECT_LE(word.end, 10s);
    last = word.start;
  }
}

}  // namespace
}  // namespace reelwright::speech
