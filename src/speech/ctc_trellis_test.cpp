#include "speech/ctc_trellis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace reelwright::speech {
namespace {

constexpr CtcRests rests{.blank = 0, .separator = 1};

Emissions random_emissions(std::size_t frames, std::size_t classes, unsigned seed) {
  std::minstd_rand random(seed);
  std::uniform_real_distribution<float> share(0.01F, 1);
  Emissions emissions{classes, {}};
  for (std::size_t frame = 0; frame < frames; ++frame) {
    std::vector<float> row(classes);
    float sum = 0;
    for (float& value : row) sum += value = share(random);
    for (const float value : row) emissions.log_probs.push_back(std::log(value / sum));
  }
  return emissions;
}

/// Of each frame the class that is said, with near certainty.
Emissions certain(const std::vector<int>& labels, std::size_t classes) {
  Emissions emissions{classes, std::vector<float>(labels.size() * classes, std::log(0.01F))};
  for (std::size_t i = 0; i < labels.size(); ++i)
    emissions.log_probs[i * classes + static_cast<std::size_t>(labels[i])] = std::log(0.9F);
  return emissions;
}

/// Tries every way: in each frame either the next token begins, or what was said goes on, or a rest is made.
class BruteForce {
 public:
  BruteForce(const Emissions& emissions, const std::vector<CtcToken>& tokens)
      : emissions_(emissions), tokens_(tokens) {}

  double best(std::size_t frame = 0, std::size_t said = 0, bool sounding = false) const {
    if (frame == emissions_.frames()) return said == tokens_.size() ? 0 : -INFINITY;
    double most = rest(frame, said) + best(frame + 1, said, false);
    if (sounding) most = std::max(most, letter(frame, said - 1) + best(frame + 1, said, true));
    const bool doubled = sounding && said < tokens_.size() && tokens_[said].label == tokens_[said - 1].label;
    if (said < tokens_.size() && !doubled)
      most = std::max(most, letter(frame, said) + best(frame + 1, said + 1, true));
    return most;
  }

 private:
  double rest(std::size_t frame, std::size_t said) const {
    const auto row = emissions_.frame(frame);
    const bool between = said == tokens_.size() || tokens_[said].begins_word;
    return between ? std::max(row[0], row[1]) : row[0];
  }
  double letter(std::size_t frame, std::size_t token) const {
    const auto row = emissions_.frame(frame);
    const int label = tokens_[token].label;
    if (label != CtcToken::wildcard) return row[static_cast<std::size_t>(label)];
    return *std::max_element(row.begin() + 2, row.end());
  }

  const Emissions& emissions_;
  const std::vector<CtcToken>& tokens_;
};

TEST(CtcTrellisTest, FindsTheLikeliestOfAllWays) {
  const std::vector<std::vector<CtcToken>> texts{
      {{2, true}},
      {{2, true}, {2, false}},
      {{2, true}, {3, false}, {2, true}},
      {{3, true}, {CtcToken::wildcard, false}, {CtcToken::wildcard, true}, {4, false}},
      {{2, true}, {2, true}, {2, false}, {3, false}},
  };
  for (unsigned seed = 0; seed < 40; ++seed)
    for (const auto& text : texts)
      for (const std::size_t frames : {4U, 7U, 9U}) {
        const Emissions emissions = random_emissions(frames, 5, seed);
        const double best = BruteForce(emissions, text).best();
        const auto found = align_tokens(emissions, text, rests);
        ASSERT_EQ(found.has_value(), std::isfinite(best));
        EXPECT_NEAR(found ? found->log_prob : 0, found ? best : 0, 1e-4);
      }
}

TEST(CtcTrellisTest, TellsWhereEachLetterIs) {
  const auto found = align_tokens(certain({0, 2, 2, 0, 3, 1, 4}, 5),
                                  std::vector<CtcToken>{{2, true}, {3, false}, {4, true}}, rests);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->tokens[0].first, 1U);
  EXPECT_EQ(found->tokens[0].end, 3U);
  EXPECT_EQ(found->tokens[1].first, 4U);
  EXPECT_EQ(found->tokens[2].first, 6U);
  EXPECT_EQ(found->tokens[2].end, 7U);
  EXPECT_NEAR(found->tokens[2].log_prob, std::log(0.9), 1e-5);
}

TEST(CtcTrellisTest, ADoubledLetterNeedsARestBetween) {
  const std::vector<CtcToken> doubled{{2, true}, {2, false}};
  EXPECT_FALSE(align_tokens(certain({2, 2}, 4), doubled, rests));
  const auto found = align_tokens(certain({2, 0, 2}, 4), doubled, rests);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->tokens[1].first, 2U);
}

TEST(CtcTrellisTest, TooManyLettersForTheSoundAreNotFound) {
  const std::vector<CtcToken> tokens(9, CtcToken{2, true});
  EXPECT_FALSE(align_tokens(certain({2, 0, 2}, 4), tokens, rests));
  EXPECT_FALSE(align_tokens(certain({2, 0, 2}, 4), {}, rests));
  EXPECT_FALSE(align_tokens({4, {}}, tokens, rests));
}

}  // namespace
}  // namespace reelwright::speech
