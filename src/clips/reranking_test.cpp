#include "clips/reranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::clips {
namespace {

using namespace std::chrono_literals;

ChosenClip told(const core::Span& span, const std::string& title) {
  return {.number = 0,
          .span = span,
          .title = title,
          .description = "described",
          .text_preview = {},
          .keywords = {},
          .score = 0.6,
          .reasons = {{"hook", 0.6, 1}}};
}

Alternative alternative_at(core::Time start, core::Time end, double score, std::size_t topic,
                           bool chosen = false) {
  return {{start, end}, score, "own title", "said", {{"hook", score, 1}}, chosen, topic, topic};
}

Judgement judged(std::size_t candidate, int score, const std::string& title = "Its title") {
  return {.candidate = candidate, .score = score, .title = title, .opinion = {"hook", "reason", {"#a"}}};
}

class Reranking : public ::testing::Test {
 protected:
  Reranking() {
    selection.alternatives = {alternative_at(0s, 30s, 0.8, 0, true), alternative_at(20s, 50s, 0.7, 0),
                              alternative_at(60s, 90s, 0.6, 1, true), alternative_at(100s, 130s, 0.5, 2)};
    selection.clips = {told({0s, 30s}, "first"), told({60s, 90s}, "third")};
  }

  Selection rerank(const std::vector<Judgement>& judgements, std::size_t count) {
    return reranked(selection, judgements, count, [&](const std::vector<core::Span>& spans) {
      std::vector<ChosenClip> clips;
      for (const core::Span& span : spans) clips.push_back(told(span, "described anew"));
      described += spans.size();
      return clips;
    });
  }

  static std::vector<core::Span> spans(const Selection& selection) {
    std::vector<core::Span> all;
    for (const ChosenClip& clip : selection.clips) all.push_back(clip.span);
    return all;
  }

  Selection selection;
  std::size_t described = 0;
};

using Spans = std::vector<core::Span>;

TEST_F(Reranking, WithoutJudgementsTheChoiceIsTheSame) {
  const Selection made = rerank({}, 2);
  EXPECT_EQ(spans(made), (Spans{{0s, 30s}, {60s, 90s}}));
  EXPECT_FALSE(made.clips[0].opinion.has_value());
  EXPECT_EQ(described, 0U);
}

TEST_F(Reranking, AJudgementIsHalfOfTheScore) {
  const Selection made = rerank({judged(0, 0), judged(1, 100), judged(2, 0), judged(3, 100)}, 2);
  EXPECT_EQ(spans(made), (Spans{{20s, 50s}, {100s, 130s}})) << "spans are those of candidates";
  EXPECT_EQ(described, 2U);
  const ChosenClip& best = made.clips[0];
  EXPECT_EQ(best.number, 1);
  EXPECT_NEAR(best.score, 0.85, 1e-9);
  double sum = 0, weights = 0;
  for (const Signal& reason : best.reasons) {
    sum += reason.value * reason.weight;
    weights += reason.weight;
  }
  EXPECT_NEAR(sum, best.score, 1e-9);
  EXPECT_NEAR(weights, 1, 1e-9);
  EXPECT_EQ(best.title, "Its title");
  EXPECT_EQ(best.opinion->hook, "hook");
  EXPECT_EQ(made.alternatives[0].span, (core::Span{20s, 50s}));
  EXPECT_TRUE(made.alternatives[0].chosen);
}

TEST_F(Reranking, TitlesAreUsedOnce) {
  const Selection made = rerank({judged(0, 90, "Same"), judged(2, 80, "Same"), judged(3, 80, "")}, 3);
  ASSERT_EQ(made.clips.size(), 3U);
  EXPECT_EQ(made.clips[0].title, "Same");
  EXPECT_EQ(made.clips[1].title, "third");
  EXPECT_EQ(made.clips[2].title, "own title") << "an empty one is none";
}

TEST_F(Reranking, AModelCannotTakeAllClipsAway) {
  const Selection made = rerank({judged(0, 0), judged(1, 0), judged(2, 0), judged(3, 0)}, 2);
  ASSERT_EQ(made.clips.size(), 1U);
  EXPECT_EQ(made.clips[0].span, (core::Span{0s, 30s}));
}

TEST_F(Reranking, ClipsNeverOverlap) {
  const Selection made = rerank({judged(0, 100), judged(1, 100), judged(2, 100), judged(3, 100)}, 10);
  EXPECT_EQ(spans(made), (Spans{{0s, 30s}, {60s, 90s}, {100s, 130s}}));
}

TEST_F(Reranking, AnEmptyChoiceStaysOne) { EXPECT_TRUE(reranked({}, {}, 3, {}).clips.empty()); }

}  // namespace
}  // namespace reelwright::clips
