// What every embedder holds to, however it makes its vectors (`TextEmbedder`).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "language/embedder_choice.h"
#include "language/test_embedders.h"
#include "language/vectors.h"

namespace reelwright::language {
namespace {

using ::testing::Each;
using ::testing::ElementsAreArray;

class EveryEmbedder : public ::testing::TestWithParam<const char*> {
 protected:
  Embeddings embed(const std::vector<std::string>& texts) const { return embedder_->embed(texts); }

  const std::unique_ptr<TextEmbedder> embedder_ =
      make_embedder({.engine = "onnx", .model = test_model(GetParam()).string()}, 2, nullptr);
};

INSTANTIATE_TEST_SUITE_P(Engines, EveryEmbedder,
                         ::testing::Values("embedder.onnx", "embedder_two_inputs.onnx",
                                           "embedder_pooled.onnx", "embedder_fixed.onnx"),
                         [](const auto& tested) {
                           const std::string file = tested.param;
                           return file.substr(0, file.find('.'));
                         });

TEST_P(EveryEmbedder, GivesEachTextAVectorOfLengthOne) {
  const Embeddings made = embed({"The rose is in the garden.", "An engine!", "bread and butter"});
  ASSERT_EQ(made.texts, 3U);
  ASSERT_GT(made.width, 0U);
  for (std::size_t i = 0; i < made.texts; ++i) EXPECT_NEAR(dot(made[i], made[i]), 1, 1e-5);
}

TEST_P(EveryEmbedder, TheSameTextHasTheSameVectorWhereverItStands) {
  const std::string text = "flour and yeast";
  const Embeddings alone = embed({text});
  const Embeddings among = embed({"rose", text, "an engine is a piston and a crank", text});
  EXPECT_THAT(among[1], ElementsAreArray(among[3]));
  for (std::size_t i = 0; i < alone.width; ++i) EXPECT_NEAR(among[1][i], alone[0][i], 1e-5);
}

TEST_P(EveryEmbedder, KeepsTheOrderOfManyTexts) {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) {
    std::string text = i % 2 == 0 ? "rose" : "engine";
    for (int more = 0; more < i % 7; ++more) text += " and";
    texts.push_back(std::move(text) + (i % 3 == 0 ? "!" : ""));
  }
  const Embeddings made = embed(texts);
  for (std::size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(dot(made[i], made[0]) > dot(made[i], made[1]), i % 2 == 0) << texts[i];
}

TEST_P(EveryEmbedder, WhatMeansMuchTheSameLiesNear) {
  const Embeddings made = embed({"The rose in the soil.", "Water a seed!", "The engine is a piston."});
  EXPECT_GT(dot(made[0], made[1]), 0.8);
  EXPECT_LT(dot(made[0], made[2]), 0.5);
}

TEST_P(EveryEmbedder, TextsThatSayNothingAreZeros) {
  const Embeddings made = embed({"", "rose", " \t\n", std::string(3, '\0'), "\xFF\xFE", "\u200B"});
  for (const std::size_t i : {0U, 2U, 3U, 4U, 5U}) EXPECT_THAT(made[i], Each(0)) << i;
  EXPECT_NEAR(dot(made[1], made[1]), 1, 1e-5);
  EXPECT_EQ(embed({}).texts, 0U);
  EXPECT_EQ(embed({"", ""}).texts, 2U);
}

TEST_P(EveryEmbedder, OfALongTextTheBeginningCounts) {
  std::string rose;
  for (int i = 0; i < 100'000; ++i) rose += "rose ";
  const Embeddings made = embed({rose, rose + "engine", std::string(10'000'000, 'x') + " engine"});
  EXPECT_THAT(made[0], ElementsAreArray(made[1]));
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(dot(made[i], made[i]), 1, 1e-5);
}

TEST_P(EveryEmbedder, HostileTextsAreOnlyTexts) {
  const Embeddings made =
      embed({"rose", std::string("ro\x00\x1B[31mse", 10), "\U0001F600\U0001F469\u200D\U0001F52C",
             "\xF0\x9F rose \xC0\x80", std::string(5000, '\xCC') + "\x81", "[CLS] [SEP] [PAD] ##s [MASK]",
             std::string(9000, '#')});
  ASSERT_EQ(made.texts, 7U);
  for (const float value : made.values) EXPECT_TRUE(std::isfinite(value));
}

TEST_P(EveryEmbedder, AStopEndsIt) {
  std::stop_source stop;
  core::Context context;
  context.stop = stop.get_token();
  context.progress = [&](double) { stop.request_stop(); };
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) texts.push_back("rose " + std::to_string(i));
  for (const char* when : {"under way", "before"}) try {
      embedder_->embed(texts, context);
      FAIL() << "not stopped " << when;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::cancelled) << when;
    }
}

TEST_P(EveryEmbedder, TwoOfOneKindHaveOneName) {
  const auto other = make_embedder({.engine = "onnx", .model = test_model(GetParam()).string()}, 1, nullptr);
  EXPECT_EQ(embedder_->name(), other->name());
  EXPECT_NE(embedder_->name(), "");
}

}  // namespace
}  // namespace reelwright::language
