#include "speech/whisper_guard.h"

#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

Hearing hearing(const std::string& text, double log_probability = -0.2, double no_speech = 0.01) {
  return {{{text, 0.8, {}}}, log_probability, no_speech};
}

constexpr const char* plain =
    " The people of the city wanted a new school, but nobody knew how much it would cost or who would pay.";

TEST(CompressionRatio, OfSpeechIsSmallAndOfLoopsGreat) {
  EXPECT_EQ(compression_ratio(""), 0);
  EXPECT_LT(compression_ratio(" Yes."), 1);
  EXPECT_GT(compression_ratio(plain), 1);
  EXPECT_LT(compression_ratio(plain), 2);
  EXPECT_GT(compression_ratio(repeated(" Thank you very much.", 12)), 2.4);
}

TEST(RepeatsItself, IsAboutWordsInARow) {
  EXPECT_FALSE(repeats_itself(""));
  EXPECT_FALSE(repeats_itself(plain));
  EXPECT_FALSE(repeats_itself(" no no no no no no no")) << "people do say that";
  EXPECT_TRUE(repeats_itself(" no no no no no no no no"));
  EXPECT_FALSE(repeats_itself(repeated(" thank you", 3)));
  EXPECT_TRUE(repeats_itself("Well," + repeated(" thank you", 4) + " all"));
  EXPECT_TRUE(repeats_itself(repeated(" one two three four five six seven eight", 4)));
  EXPECT_FALSE(repeats_itself(" thank you so thank you and thank you but thank you"));
}

TEST(Judge, KnowsTheFourCases) {
  EXPECT_EQ(judge(hearing(plain)), Verdict::good);
  EXPECT_EQ(judge(hearing(plain, -1.5, 0.7)), Verdict::nobody_speaks);
  EXPECT_EQ(judge(hearing(plain, -1.5, 0.5)), Verdict::unsure);
  EXPECT_EQ(judge(hearing(plain, -0.5, 0.9)), Verdict::good) << "it is sure of the words";
  EXPECT_EQ(judge(hearing(repeated(" Thank you very much.", 12))), Verdict::loops);
  EXPECT_EQ(judge(hearing(repeated(" no", 9))), Verdict::loops);
}

}  // namespace
}  // namespace reelwright::speech
