#include "clips/corrected_words.h"

#include <gtest/gtest.h>

#include "support/spoken_transcript.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;

class CorrectedWords : public ::testing::Test {
 protected:
  CorrectedWords() {
    testing::say(said, 10, "Bread needs for things", "Ann");  // three words a second
    testing::say(said, 12, "And thyme above all", "Ben");
    plan.clip.span = {from_seconds(10), from_seconds(14)};
  }

  transcript::Word word(const std::string& text, double start, double end) const {
    return {.text = text, .start = from_seconds(start), .end = from_seconds(end)};
  }

  std::string text() const {
    std::string all;
    for (const auto& segment : corrected(said, plan).segments)
      all += (all.empty() ? "" : " / ") + segment.speaker + ": " + segment.text();
    return all;
  }

  transcript::Transcript said;
  Plan plan{};
};

TEST_F(CorrectedWords, WithoutAnyTheTranscriptStays) {
  EXPECT_EQ(text(), "Ann: Bread needs for things / Ben: And thyme above all");
}

TEST_F(CorrectedWords, TakeThePlaceOfAllThatIsSaidInTheClip) {
  plan.words = {word("Bread", 10, 10.3), word("needs", 10.3, 10.6), word("four", 10.6, 11),
                word("Time", 12.2, 12.7)};
  EXPECT_EQ(text(), "Ann: Bread needs four / Ben: Time");
}

TEST_F(CorrectedWords, NoneAtAllAreSilence) {
  plan.words.emplace();
  EXPECT_EQ(text(), "");
}

TEST_F(CorrectedWords, OutsideOfTheClipNothingChanges) {
  plan.clip.span = {from_seconds(11.9), from_seconds(14)};
  plan.words = {word("Never", 10, 10.3), word("Time", 12.2, 12.7)};
  EXPECT_EQ(text(), "Ann: Bread needs for things / Ben: Time");
}

TEST_F(CorrectedWords, AClipThatGrewHasTheTranscriptAroundThem) {
  plan.words_span = core::Span{from_seconds(10.55), from_seconds(11.4)};
  plan.words = {word("four", 10.6, 11), word("things", 11, 11.3)};
  EXPECT_EQ(text(), "Ann: Bread needs four things / Ben: And thyme above all");
}

TEST_F(CorrectedWords, StandWhereNothingWasHeardToo) {
  said.segments.clear();
  plan.words = {word("Hello", 10, 10.3)};
  EXPECT_EQ(text(), ": Hello");
  const auto segment = corrected(said, plan).segments.front();
  EXPECT_EQ(segment.start, from_seconds(10));
  EXPECT_EQ(segment.end, from_seconds(10.3));
}

}  // namespace
}  // namespace reelwright::clips
