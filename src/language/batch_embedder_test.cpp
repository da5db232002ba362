#include "language/batch_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "core/error.h"

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// What it is asked and what it answers.
class Scripted : public BatchEmbedder {
 public:
  using Answer = std::function<Embeddings(std::span<const std::string>)>;
  explicit Scripted(Answer answer) : answer_(std::move(answer)) {}

  std::string name() const override { return "scripted"; }
  std::vector<std::vector<std::string>> asked;

 private:
  std::size_t batch_size() const override { return 2; }
  Embeddings embed_batch(std::span<const std::string> texts, const std::stop_token&) override {
    asked.emplace_back(texts.begin(), texts.end());
    return answer_(texts);
  }

  Answer answer_;
};

/// A vector that points where its text's length says.
Embeddings by_length(std::span<const std::string> texts) {
  Embeddings made{.texts = texts.size(), .width = 2};
  for (const std::string& text : texts)
    made.values.insert(made.values.end(), {static_cast<float>(text.size()), 3});
  return made;
}

TEST(BatchEmbedder, AsksOnceForEachCleanTextShortOnesFirst) {
  Scripted embedder(by_length);
  const Embeddings made = embedder.embed({"long enough", "four", "", "\tfour\n", "ab", "\x01"});
  EXPECT_THAT(embedder.asked, ElementsAre(ElementsAre("ab", "four"), ElementsAre("long enough")));
  EXPECT_EQ(made.texts, 6U);
  EXPECT_THAT(made[1], ElementsAre(0.8F, 0.6F));
  EXPECT_THAT(made[3], ElementsAre(0.8F, 0.6F));
  EXPECT_THAT(made[2], ElementsAre(0, 0));
  EXPECT_THAT(made[5], ElementsAre(0, 0));
}

TEST(BatchEmbedder, NothingSaidNeedsNoModel) {
  Scripted embedder(by_length);
  const Embeddings made = embedder.embed({"", " "});
  EXPECT_TRUE(embedder.asked.empty());
  EXPECT_EQ(made.texts, 2U);
  EXPECT_TRUE(made[1].empty());
  EXPECT_EQ(embedder.embed({}).texts, 0U);
}

TEST(BatchEmbedder, RefusesWhatIsNoVector) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float most = std::numeric_limits<float>::max();
  struct Case {
    Embeddings answer;
    const char* words;
  };
  for (const Case& c : {Case{{2, 2, {1, 2, 3, nan}}, "no number"},
                        Case{{2, 2, {1, 2, std::numeric_limits<float>::infinity(), 4}}, "no number"},
                        Case{{1, 2, {1, 2}}, "1 vectors for 2 texts"},
                        Case{{2, 2, {1, 2, 3}}, "vectors for 2"}, Case{{2, 0, {}}, "empty"}}) {
    Scripted embedder([&](auto) { return c.answer; });
    try {
      embedder.embed({"a", "b"});
      FAIL() << c.words;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
      EXPECT_THAT(error.what(), HasSubstr(c.words));
      EXPECT_THAT(error.what(), HasSubstr("EMBEDDER_MODEL"));
    }
  }
  Scripted huge([&](auto) { return Embeddings{1, 2, {most, most}}; });
  EXPECT_NEAR(huge.embed({"a"})[0][0], std::sqrt(0.5), 1e-6);
}

TEST(BatchEmbedder, RefusesVectorsOfTwoWidths) {
  Scripted embedder([](auto texts) {
    Embeddings made{.texts = texts.size(), .width = texts.front().size()};
    made.values.assign(made.texts * made.width, 1);
    return made;
  });
  EXPECT_THROW(embedder.embed({"a", "b", "ccc"}), core::Error);
}

TEST(BatchEmbedder, RefusesMoreThanMemoryHolds) {
  Scripted embedder([](auto texts) {
    Embeddings made{.texts = texts.size(), .width = 3000};
    made.values.assign(made.texts * made.width, 1);
    return made;
  });
  try {
    embedder.embed(std::vector<std::string>(50'000, "the same"));
    FAIL() << "150 million numbers";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::too_large);
  }
}

TEST(BatchEmbedder, AStopEndsItBetweenBatches) {
  std::stop_source stop;
  Scripted embedder(by_length);
  core::Context context;
  context.stop = stop.get_token();
  context.progress = [&](double) { stop.request_stop(); };
  EXPECT_THROW(embedder.embed({"a", "bb", "ccc", "dddd"}, context), core::Error);
  EXPECT_EQ(embedder.asked.size(), 1U);
}

}  // namespace
}  // namespace reelwright::language
