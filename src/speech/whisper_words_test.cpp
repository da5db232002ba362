#include "speech/whisper_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Tokens of half a second each.
std::vector<WhisperToken> tokens(const std::vector<std::string>& texts) {
  std::vector<WhisperToken> made;
  for (const std::string& text : texts)
    made.push_back({text, 0.5, 500ms * static_cast<std::int64_t>(made.size() + 1)});
  return made;
}

std::vector<std::string> texts(const std::vector<transcript::Word>& words) {
  std::vector<std::string> found;
  for (const auto& word : words) found.push_back(word.text);
  return found;
}

TEST(WhisperWords, BeginWhereTheirFirstTokenDoesWhereThatIsTold) {
  auto told = tokens({" one", " two", " three"});
  told[1].start = 700ms;
  told[2].start = 900ms;  // before the one before it ends
  const auto words = words_of(told);
  EXPECT_EQ(words[0].start, 0s);
  EXPECT_EQ(words[1].start, 700ms);
  EXPECT_EQ(words[2].start, 1s);
}

TEST(WhisperWords, PiecesMakeWordsAndPunctuationBelongsToThem) {
  const auto words = words_of(tokens({" Good", " morn", "ing", ",", " every", "one", "."}));
  EXPECT_THAT(texts(words), ElementsAre("Good", "morning,", "everyone."));
  EXPECT_EQ(words[0].start, 0s);
  EXPECT_EQ(words[0].end, 500ms);
  EXPECT_EQ(words[1].start, 500ms);
  EXPECT_EQ(words[1].end, 2s);
  EXPECT_EQ(words[2].end, 3500ms);
  EXPECT_EQ(words[2].timing, transcript::Timing::recognised);
}

TEST(WhisperWords, HaveTheMeanProbabilityOfTheirPieces) {
  const std::vector<WhisperToken> pieces{{" a", 1, 1s}, {" b", 0.25, 2s}, {"c", 0.75, 3s}};
  const auto words = words_of(pieces);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_DOUBLE_EQ(words[0].probability, 1);
  EXPECT_DOUBLE_EQ(words[1].probability, 0.5);
}

TEST(WhisperWords, ALetterMayLieInSeveralPieces) {
  const auto words = words_of(tokens({" caf", "\xC3", "\xA9", " ol\xC3\xA9"}));
  EXPECT_THAT(texts(words), ElementsAre("café", "olé"));
  EXPECT_EQ(words[0].end, 1500ms);
  EXPECT_EQ(words[1].start, 1500ms);
}

TEST(WhisperWords, ScriptsWithoutSpacesArePartedByTheirWords) {
  const auto words = words_of(tokens({"今天", "天气", "很", "好", "。"}));
  EXPECT_THAT(texts(words), ElementsAre("今天", "天气", "很好。"));
  EXPECT_EQ(words[2].start, 1s);
  EXPECT_EQ(words[2].end, 2500ms);
}

TEST(WhisperWords, NotesOfMusicAndBrokenLettersAreNoWords) {
  EXPECT_THAT(words_of(tokens({" ♪", " ♪"})), IsEmpty());
  EXPECT_THAT(words_of(tokens({"\xE2\x99"})), IsEmpty());
  EXPECT_THAT(words_of({}), IsEmpty());
  EXPECT_THAT(texts(words_of(tokens({" ♪", " “", "la", "”", " \xC3"}))), ElementsAre("“la”"));
}

TEST(WhisperWords, TimesNeverStepBack) {
  const std::vector<WhisperToken> pieces{{" a", 1, 2s}, {" b", 1, 1s}, {" c", 1, 3s}};
  const auto words = words_of(pieces);
  EXPECT_EQ(words[1].start, 2s);
  EXPECT_EQ(words[1].end, 2s);
  EXPECT_EQ(words[2].start, 2s);
}

}  // namespace
}  // namespace reelwright::speech
