#include "clips/kept_embedder.h"

#include <gtest/gtest.h>

#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

/// The length of each text, and how often it was asked.
struct Counting : language::TextEmbedder {
  std::string name() const override { return called; }
  language::Embeddings embed(const std::vector<std::string>& texts, const core::Context&) override {
    ++asked;
    language::Embeddings made{.texts = texts.size(), .width = 1};
    for (const std::string& text : texts) made.values.push_back(1.0F / static_cast<float>(text.size()));
    return made;
  }

  std::string called = "one";
  int asked = 0;
};

TEST(KeptEmbedder, AsksOnceForTheSameTextsOfTheSameEmbedder) {
  const testing::TemporaryFolder folder;
  Counting counting;
  const std::vector<std::string> texts = {"a", "bcd"};
  {
    stage::Workspace workspace(folder / "w");
    KeptEmbedder kept(counting, workspace);
    EXPECT_EQ(kept.embed(texts, {}).values, (std::vector<float>{1, 1.0F / 3}));
  }
  stage::Workspace workspace(folder / "w");
  KeptEmbedder kept(counting, workspace);
  const language::Embeddings again = kept.embed(texts, {});
  EXPECT_EQ(counting.asked, 1);
  EXPECT_EQ(again.texts, 2U);
  EXPECT_EQ(again.width, 1U);
  EXPECT_EQ(again.values, (std::vector<float>{1, 1.0F / 3}));
  kept.embed({"abc", "d"}, {});
  EXPECT_EQ(counting.asked, 2) << "other texts";
  kept.embed({"a", "bcd"}, {});
  EXPECT_EQ(counting.asked, 2) << "the first ones are kept beside them";
  counting.called = "another";
  kept.embed(texts, {});
  EXPECT_EQ(counting.asked, 3);
}

}  // namespace
}  // namespace reelwright::clips
