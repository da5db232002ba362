#include "clips/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/media_fixture.h"
#include "support/spoken_transcript.h"

namespace reelwright::clips {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

constexpr std::size_t talk_of_two_windows = 20;  // candidates

/// Says of every candidate the same, until it is told to fail.
class Critic : public language::LanguageModel {
 public:
  std::string name() const override { return "critic"; }

  std::string ask(const language::Prompt& prompt, const core::Context&) override {
    if (fails_after-- == 0) throw core::Error(code, "It fails.");
    asked.push_back(prompt.data);
    std::string answers;
    for (int number = 1; prompt.data.contains(fmt::format("\"number\":{},", number)); ++number)
      answers +=
          fmt::format(R"({}{{"number":{},"score":80,"title":"","hook":"h","reason":"","hashtags":[]}})",
                      answers.empty() ? "" : ",", number);
    return R"({"candidates":[)" + answers + "]}";
  }

  std::vector<std::string> asked;
  int fails_after = -1;
  core::ErrorCode code = core::ErrorCode::unavailable;
};

class RankingTest : public ::testing::Test {
 protected:
  RankingTest() {
    source.identity = "talk";
    source.facts.duration = 400s;
    for (std::size_t i = 0; i < talk_of_two_windows; ++i) {
      const auto at = 20.0 * static_cast<double>(i);
      testing::say(words.transcript, at, fmt::format("Passage {} is about bees and their hives.", i));
      selection.alternatives.push_back({.span = {core::from_seconds(at), core::from_seconds(at + 10)},
                                        .score = 0.5,
                                        .title = fmt::format("Title {}", i),
                                        .text_preview = {},
                                        .reasons = {{"hook", 0.5, 1}},
                                        .chosen = false,
                                        .first_topic = i,
                                        .last_topic = i});
    }
    options.num_clips = 3;
    options.min_duration = 5s;
    options.max_duration = 15s;
  }

  std::pair<Selection, bool> run() {
    stage::Workspace workspace(folder / "workspace");
    return rank(source, words, {}, selection, options, critic, workspace, {});
  }

  testing::TemporaryFolder folder;
  Source source{};
  Words words;
  Selection selection;
  Options options;
  Critic critic;
};

TEST_F(RankingTest, NothingIsAskedTwice) {
  const auto [first, was_there] = run();
  EXPECT_FALSE(was_there);
  EXPECT_EQ(critic.asked.size(), 2U);
  EXPECT_THAT(critic.asked.at(0), HasSubstr("Passage 0 is about"));
  ASSERT_EQ(first.clips.size(), 3U);
  EXPECT_EQ(first.clips[0].opinion->hook, "h");
  EXPECT_NEAR(first.clips[0].score, 0.65, 1e-9);

  const auto [again, is_there] = run();
  EXPECT_TRUE(is_there);
  EXPECT_EQ(critic.asked.size(), 2U);
  EXPECT_EQ(again.clips[0].span, first.clips[0].span);

  options.num_clips = 5;
  EXPECT_EQ(run().first.clips.size(), 5U);
  EXPECT_EQ(critic.asked.size(), 2U) << "another number of clips is no other question";
}

TEST_F(RankingTest, WhatWasPaidBeforeAFailureIsKept) {
  critic.fails_after = 1;
  EXPECT_THROW(run(), core::Error);
  critic.fails_after = -1;
  run();
  EXPECT_EQ(critic.asked.size(), 2U) << "the other window alone is asked about";
}

TEST_F(RankingTest, AFallbackIsTakenWhereItIsSetAndWarnedOf) {
  critic.fails_after = 1;
  options.language_model.is_required = false;
  const auto [ranked, reused] = run();
  EXPECT_FALSE(reused);
  EXPECT_THAT(ranked.warnings, Contains(Field(&core::Warning::code, "language_model_failed")));
  EXPECT_NEAR(ranked.alternatives[0].score, 0.5, 1e-9);
}

TEST_F(RankingTest, ACancelIsNoFailure) {
  critic.fails_after = 0;
  critic.code = core::ErrorCode::cancelled;
  options.language_model.is_required = false;
  EXPECT_THROW(run(), core::Error);
}

}  // namespace
}  // namespace reelwright::clips
