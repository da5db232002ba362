#include "language/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/error.h"
#include "language/cohesion.h"
#include "language/evidence.h"
#include "language/onnx_embedder.h"
#include "language/test_embedders.h"

namespace reelwright::language {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Line> lines_of(std::initializer_list<const char*> texts) {
  std::vector<Line> lines;
  for (const auto* text : texts) lines.push_back({text, {}, {}});
  return lines;
}

std::vector<Line> gardens_engines_and_bread() {
  return lines_of({"Roses need sun and deep soil.", "Water the soil of young roses daily.",
                   "Prune the roses when the soil thaws.",
                   "Cut roses love sun.",  //
                   "The engine burns petrol in four cylinders.", "A piston in each cylinder turns the crank.",
                   "Petrol engines waste heat from the cylinder.",
                   "The crank drives the piston of the engine.",  //
                   "Knead the dough until the flour is smooth.", "Yeast makes the dough rise in the oven.",
                   "Bake the dough in a hot oven.", "Flour, yeast and an oven make bread dough."});
}

/// Any vocabulary of eight words; lines of one to five of them.
std::vector<Line> random_lines(std::mt19937& random, std::size_t count) {
  static const char* const words[] = {"apple", "river",  "stone",  "cloud",
                                      "tiger", "violin", "ladder", "pepper"};
  std::vector<Line> lines(count);
  for (auto& line : lines) {
    for (auto n = random() % 5 + 1; n > 0; --n) line.text += std::string(words[random() % 8]) + ' ';
    line.span = core::Span{core::from_seconds(0), core::from_seconds(1)};
  }
  return lines;
}

/// The score of the best of all ways to divide, tried one by one: bit i of `mask` is a boundary before line i
/// + 1.
double best_by_trying(const std::vector<Line>& lines, std::size_t count,
                      std::vector<std::size_t>& best_boundaries) {
  const Lexer lexer;
  const auto counts = count_stems(lines, lexer);
  const auto evidence = boundary_evidence(lines, lexer);
  WordCohesion cohesion(counts);
  double best = -1e300;
  for (std::uint32_t mask = 0; mask < 1U << (lines.size() - 1); ++mask) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 1; i < lines.size(); ++i) {
      if (mask >> (i - 1) & 1U) starts.push_back(i);
    }
    if (starts.size() != count) continue;
    double score = 0;
    std::vector<double> row;
    for (std::size_t k = 0; k < count; ++k) {
      const auto end = k + 1 < count ? starts[k + 1] : lines.size();
      cohesion.from(starts[k], end - starts[k], row);
      score += row.back() + evidence[starts[k]];
    }
    if (score > best) best = score, best_boundaries.assign(starts.begin() + 1, starts.end());
  }
  return best;
}

TEST(TopicBoundaries, FindsPlainTopics) {
  EXPECT_THAT(topic_boundaries(gardens_engines_and_bread()), ElementsAre(4, 8));
  EXPECT_THAT(topic_boundaries(gardens_engines_and_bread(), {3, "en"}), ElementsAre(4, 8));
}

TEST(TopicBoundaries, OneSubjectIsOneTopic) {
  EXPECT_THAT(topic_boundaries(lines_of(
                  {"The dough rises.", "Knead the dough.", "Rising dough needs kneading.", "Dough rises."})),
              IsEmpty());
}

TEST(TopicBoundaries, GivesExactlyTheNumberAskedFor) {
  const auto lines = gardens_engines_and_bread();
  for (std::size_t count = 1; count <= lines.size(); ++count) {
    const auto boundaries = topic_boundaries(lines, {count, "en"});
    EXPECT_EQ(boundaries.size(), count - 1);
    EXPECT_TRUE(std::ranges::is_sorted(boundaries, std::less_equal{}) || boundaries.size() < 2);
    for (const auto boundary : boundaries) EXPECT_TRUE(boundary > 0 && boundary < lines.size());
  }
}

TEST(TopicBoundaries, IsTheExactOptimum) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 40; ++trial) {
    const auto lines = random_lines(random, 9);
    for (const std::size_t count : {2UZ, 3UZ, 5UZ}) {
      std::vector<std::size_t> expected;
      best_by_trying(lines, count, expected);
      EXPECT_EQ(topic_boundaries(lines, {count, "en"}), expected);
    }
  }
}

TEST(TopicBoundaries, LinesWithoutWordsAreNoTrouble) {
  EXPECT_THAT(topic_boundaries(lines_of({"", "the of and", "...", ""})), IsEmpty());
  EXPECT_THAT(topic_boundaries(lines_of({"", ""}), {2, "en"}), ElementsAre(1));
  EXPECT_THAT(topic_boundaries({}), IsEmpty());
}

TEST(TopicBoundaries, RefusesImpossibleNumbers) {
  const auto lines = gardens_engines_and_bread();
  for (const std::size_t count : {0UZ, lines.size() + 1, static_cast<std::size_t>(-1)}) {
    try {
      topic_boundaries(lines, {count, "en"});
      FAIL() << count;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    }
  }
}

TEST(TopicBoundaries, RefusesWhatIsTooLong) {
  EXPECT_THROW(topic_boundaries(std::vector<Line>(100'001)), core::Error);
  EXPECT_THROW(topic_boundaries(std::vector<Line>(50'000), {{400}, "en"}), core::Error);
}

TEST(TopicBoundaries, AnEmbedderSeesWhatLinesShareBesideTheirWords) {
  OnnxEmbedder embedder(test_model("embedder.onnx"), {});
  const auto lines = lines_without_common_words();
  for (const auto count : {std::optional<std::size_t>(), std::optional<std::size_t>(3)}) {
    const TopicRequest by_meaning{count, "en", {.embedder = &embedder}};
    EXPECT_THAT(topic_boundaries(lines, by_meaning), ElementsAre(2, 8));
    EXPECT_NE(topic_boundaries(lines, {count, "en"}), topic_boundaries(lines, by_meaning));
  }
}

TEST(TopicBoundaries, TextTilingIsToBeHad) {
  OnnxEmbedder embedder(test_model("embedder.onnx"), {});
  std::vector<Line> lines;  // of topics longer than its windows
  for (const Line& line : lines_without_common_words()) lines.insert(lines.end(), 7, line);
  EXPECT_THAT(topic_boundaries(lines, {{}, "en", {TopicMethod::text_tiling, &embedder}}),
              ElementsAre(14, 56));
}

TEST(TopicBoundaries, TextTilingWithoutAnEmbedderIsAnError) {
  try {
    topic_boundaries(gardens_engines_and_bread(), {{}, "en", {TopicMethod::text_tiling}});
    FAIL() << "by what does it compare lines?";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), testing::HasSubstr("EMBEDDER_MODEL"));
  }
}

TEST(TopicBoundaries, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  core::Context context;
  context.stop = stop.get_token();
  EXPECT_THROW(topic_boundaries(gardens_engines_and_bread(), {}, context), core::Error);
}

}  // namespace
}  // namespace reelwright::language
