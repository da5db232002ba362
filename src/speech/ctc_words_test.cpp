#include "speech/ctc_words.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelwright::speech {
namespace {

using std::chrono::milliseconds;

const CtcVocabulary& letters() {
  static const CtcVocabulary vocabulary(R"({"<pad>":0,"|":1,"a":2,"b":3,"c":4})");
  return vocabulary;
}

/// Frames of 20 ms, each of which is one of "_|abc"; loud where it is a letter.
class Said {
 public:
  explicit Said(const std::string& frames) {
    constexpr std::size_t classes = 5;
    sound_.emissions = {classes, std::vector<float>(frames.size() * classes, std::log(0.025F))};
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const std::size_t label = std::string("_|abc").find(frames[i]);
      sound_.emissions.log_probs[i * classes + label] = std::log(0.9F);
      samples_.insert(samples_.end(), 320, static_cast<std::int16_t>(label > 1 ? 8000 : 10));
    }
    sound_.samples = samples_;
    sound_.start = std::chrono::seconds(5);
  }
  Said(const Said&) = delete;
  Said& operator=(const Said&) = delete;

  const HeardSound& sound() const { return sound_; }
  std::vector<std::int16_t>& samples() { return samples_; }

 private:
  std::vector<std::int16_t> samples_;
  HeardSound sound_;
};

std::vector<SpokenWord> words(std::initializer_list<const char*> texts) {
  std::vector<SpokenWord> result;
  for (const char* text : texts) result.push_back({text, result.size()});
  return result;
}

TEST(CtcWordsTest, ReadsTheLikeliestLetters) {
  const Said said("__aa_ab|_cc__");
  const auto heard = read_words(said.sound(), letters());
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[0].text, "aab");  // with a blank between it is another letter
  EXPECT_EQ(heard[0].span, (core::Span{milliseconds(5040), milliseconds(5140)}));
  EXPECT_NEAR(heard[0].probability, 0.9, 1e-6);
  EXPECT_EQ(heard[1].text, "c");
}

TEST(CtcWordsTest, FindsWordsThatWereSaid) {
  const Said said("__ab|_cc_b___");
  const auto found = find_words(said.sound(), words({"ab", "cb"}), letters());
  ASSERT_TRUE(found[0] && found[1]);
  EXPECT_EQ(found[0]->span, (core::Span{milliseconds(5040), milliseconds(5080)}));
  EXPECT_EQ(found[1]->span, (core::Span{milliseconds(5120), milliseconds(5200)}));
  EXPECT_NEAR(found[0]->probability, 1, 1e-6);
  EXPECT_EQ(found[0]->timing, transcript::Timing::aligned);
}

TEST(CtcWordsTest, WordsOfAnotherTextAreNotFound) {
  const Said said("__ab|_cc_b__ab|_cc_b___");
  for (const auto& word : find_words(said.sound(), words({"cac", "bac", "caca"}), letters()))
    EXPECT_FALSE(word);
}

TEST(CtcWordsTest, AWordEndsWhereItsVoiceDoes) {
  Said said("__ab_____________________");
  // The voice of "b" goes on for 100 ms behind the one frame in which the model hears it.
  std::fill_n(said.samples().begin() + 4 * 320, 1600, std::int16_t{7000});
  const auto found = find_words(said.sound(), words({"ab"}), letters());
  ASSERT_TRUE(found[0]);
  EXPECT_EQ(found[0]->span.end, milliseconds(5180));
}

TEST(CtcWordsTest, AWordEndsWhereTheNextBegins) {
  Said said("__a____b___");
  std::ranges::fill(said.samples(), std::int16_t{7000});
  const auto found = find_words(said.sound(), words({"a", "b"}), letters());
  ASSERT_TRUE(found[0] && found[1]);
  EXPECT_EQ(found[0]->span.end, milliseconds(5140));
}

TEST(CtcWordsTest, AVoiceThatNeverStopsEndsTheWordAllTheSame) {
  Said said("__a" + std::string(100, '_'));
  std::ranges::fill(said.samples(), std::int16_t{7000});
  const auto found = find_words(said.sound(), words({"a"}), letters());
  ASSERT_TRUE(found[0]);
  EXPECT_EQ(found[0]->span.end, milliseconds(5060 + 300));
}

}  // namespace
}  // namespace reelwright::speech
