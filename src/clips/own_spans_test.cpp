#include "clips/own_spans.h"

#include <gtest/gtest.h>

#include "support/spoken_transcript.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;
using core::Span;

class OwnSpans : public ::testing::Test {
 protected:
  OwnSpans() {
    double at = 0.5;
    for (const char* sentence :
         {"Every hive has one single queen.", "Bees find their way by sunlight.",
          "Bread needs only four simple things.", "Nobody ever told you about the oven.",
          "The engine of a boat burns petrol.", "Most boats are moored in the harbour."}) {
      testing::say(said, at, sentence);
      at = core::to_seconds(said.segments.back().end) + 0.5;
    }
    asked.source_duration = from_seconds(at);
    asked.min_duration = from_seconds(3);
    asked.max_duration = from_seconds(8);
  }

  std::vector<ChosenClip> described(const std::vector<Span>& spans) const {
    return describe_spans(said, {}, asked, spans);
  }

  Span span_of(std::size_t segment) const {
    return {said.segments[segment].start, said.segments[segment].end};
  }

  transcript::Transcript said;
  SelectionRequest asked;
};

TEST_F(OwnSpans, ASpanThatWasChosenIsToldOfAlike) {
  const Selection selection = choose_clips(said, {}, asked);
  ASSERT_FALSE(selection.clips.empty());
  const ChosenClip& chosen = selection.clips.front();
  const ChosenClip own = described({chosen.span}).front();
  EXPECT_EQ(own.title, chosen.title);
  EXPECT_EQ(own.description, chosen.description);
  EXPECT_EQ(own.text_preview, chosen.text_preview);
  EXPECT_EQ(own.keywords, chosen.keywords);
  EXPECT_EQ(own.reasons.size(), chosen.reasons.size());
  EXPECT_NEAR(own.score, chosen.score, 0.05) << "ranks move a little with one candidate more";
}

TEST_F(OwnSpans, ThePreviewIsWhatIsSaidBetweenTheEnds) {
  const Span bread = span_of(2);
  const auto clips = described({{bread.start, bread.end}, {bread.start + from_seconds(1), bread.end}});
  EXPECT_EQ(clips[0].text_preview, "Bread needs only four simple things.");
  EXPECT_EQ(clips[1].text_preview, "four simple things.");
  EXPECT_EQ(clips[0].span, bread);
  EXPECT_GT(clips[0].score, 0);
}

TEST_F(OwnSpans, PartOfASentenceIsToldOfToo) {
  const Span bread = span_of(2);
  const auto clip = described({{bread.start, bread.start + from_seconds(0.5)}}).front();
  EXPECT_EQ(clip.text_preview, "Bread");
  EXPECT_FALSE(clip.title.empty());
}

TEST_F(OwnSpans, SilenceHasNothingButItsPlace) {
  said.segments.erase(said.segments.begin() + 2, said.segments.end());
  const auto clips = described({{from_seconds(70), from_seconds(75)}, span_of(0)});
  EXPECT_EQ(clips[0].title, "Clip at 1:10");
  EXPECT_EQ(clips[0].score, 0);
  EXPECT_TRUE(clips[0].reasons.empty());
  EXPECT_FALSE(clips[1].reasons.empty());
  said.segments.clear();
  EXPECT_EQ(described({{from_seconds(70), from_seconds(75)}}).front().title, "Clip at 1:10");
  EXPECT_TRUE(described({}).empty());
}

TEST_F(OwnSpans, TitlesDiffer) {
  const auto clips = described({span_of(2), span_of(2)});
  EXPECT_NE(clips[0].title, clips[1].title);
}

}  // namespace
}  // namespace reelwright::clips
