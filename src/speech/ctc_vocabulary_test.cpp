#include "speech/ctc_vocabulary.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::speech {
namespace {

TEST(CtcVocabularyTest, KnowsLettersInEitherCase) {
  const CtcVocabulary vocabulary(R"({"<pad>":0,"<s>":1,"|":4,"E":5,"'":27})");
  EXPECT_EQ(vocabulary.rests().blank, 0);
  EXPECT_EQ(vocabulary.rests().separator, 4);
  EXPECT_EQ(vocabulary.label(U'e'), 5);
  EXPECT_EQ(vocabulary.label(U'E'), 5);
  EXPECT_EQ(vocabulary.label(U'é'), 5);  // the accent is not told apart
  EXPECT_EQ(vocabulary.label(U'\''), 27);
  EXPECT_EQ(vocabulary.label(U'x'), std::nullopt);
  EXPECT_EQ(vocabulary.letter(5), "e");
  EXPECT_EQ(vocabulary.letter(1), "");  // <s> is no letter
  EXPECT_EQ(vocabulary.letter(2), "");
  EXPECT_EQ(vocabulary.classes(), 28U);
}

TEST(CtcVocabularyTest, KeepsAccentsThatTheModelTellsApart) {
  const CtcVocabulary vocabulary(R"({"[PAD]":3,"e":0,"é":1,"ж":2})");
  EXPECT_EQ(vocabulary.label(U'é'), 1);
  EXPECT_EQ(vocabulary.label(U'É'), 1);
  EXPECT_EQ(vocabulary.label(U'Ж'), 2);
  EXPECT_EQ(vocabulary.letter(2), "ж");
  EXPECT_EQ(vocabulary.rests().blank, 3);
  EXPECT_FALSE(vocabulary.rests().separator);
}

TEST(CtcVocabularyTest, ADashIsTheBlankOnlyWhereNothingElseIs) {
  EXPECT_EQ(CtcVocabulary(R"({"-":0,"a":1})").rests().blank, 0);
  const CtcVocabulary other(R"({"-":0,"a":1,"<pad>":2})");
  EXPECT_EQ(other.rests().blank, 2);
  EXPECT_EQ(other.label(U'-'), 0);
}

TEST(CtcVocabularyTest, RefusesWhatIsNone) {
  for (const char* json : {"", "[]", "7", R"({"a":1})", R"({"<pad>":0,"a":0})", R"({"<pad>":-1})",
                           R"({"<pad>":0,"a":99999999})", R"({"<pad>":"x"})", R"({"<pad>":0)"}) {
    try {
      const CtcVocabulary vocabulary(json);
      ADD_FAILURE() << json;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input) << json;
    }
  }
}

}  // namespace
}  // namespace reelwright::speech
