#include "language/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/spoken_transcript.h"

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;
using testing::say;
using transcript::Transcript;

std::vector<std::string> texts(const Transcript& transcript, std::size_t longest = 60) {
  std::vector<std::string> found;
  for (const auto& sentence : sentences(transcript, longest)) found.push_back(sentence.text);
  return found;
}

TEST(Sentences, FollowPunctuationAcrossSegments) {
  Transcript transcript;
  say(transcript, 0, "Dr. Smith met Mr. Jones in");
  say(transcript, 2, "Paris. They talked! Did they agree? \"Yes.\" Nobody knows");
  EXPECT_THAT(texts(transcript), ElementsAre("Dr. Smith met Mr. Jones in Paris.", "They talked!",
                                             "Did they agree?", "\"Yes.\"", "Nobody knows"));
}

TEST(Sentences, KnowWhichWordsAndTimesTheyHave) {
  Transcript transcript;
  say(transcript, 1, "One two. Three four five.", "A");
  const auto found = sentences(transcript);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].first_word, 2U);
  EXPECT_EQ(found[1].end_word, 5U);
  EXPECT_EQ(found[1].speaker, "A");
  EXPECT_TRUE(found[1].closed);
  EXPECT_NEAR(core::to_seconds(found[1].span.start), 1 + 2.0 / 3, 1e-3);
  EXPECT_NEAR(core::to_seconds(found[1].span.end), 1 + 5.0 / 3, 1e-3);
}

TEST(Sentences, WithoutPunctuationEndAtPauses) {
  Transcript transcript;
  say(transcript, 0, "we bought the old mill in spring and cleaned it");
  say(transcript, 4.2, "then the roof came down and we had to start again");
  say(transcript, 9, "nobody was hurt");
  EXPECT_THAT(texts(transcript),
              ElementsAre("we bought the old mill in spring and cleaned it",
                          "then the roof came down and we had to start again", "nobody was hurt"));
}

TEST(Sentences, WithoutPausesAreCutToUsualLengthsButNotAfterAnArticle) {
  Transcript transcript;
  std::string text;
  for (int i = 0; i < 40; ++i) text += "the mill ";
  say(transcript, 0, text);
  const auto found = sentences(transcript);
  EXPECT_GE(found.size(), 4U);
  for (const auto& sentence : found) {
    EXPECT_TRUE(sentence.text.ends_with("mill")) << sentence.text;
    EXPECT_LE(sentence.end_word - sentence.first_word, 24U);
  }
}

TEST(Sentences, OfAScriptWithoutSpacesAreWrittenWithoutThem) {
  Transcript transcript;
  transcript.language = "ja";
  say(transcript, 0, "\u96E8 \u3067\u3059\u3002 \u98A8 \u3067\u3059\u3002");
  EXPECT_THAT(texts(transcript), ElementsAre("\u96E8\u3067\u3059\u3002", "\u98A8\u3067\u3059\u3002"));
}

TEST(Sentences, EndWhereTheSpeakerChangesOrFallsSilent) {
  Transcript transcript;
  say(transcript, 0, "I would say that", "A");
  say(transcript, 1.4, "no you would not", "B");
  say(transcript, 30, "well then", "B");
  EXPECT_THAT(texts(transcript), ElementsAre("I would say that", "no you would not", "well then"));
}

TEST(Sentences, AreNeverLongerThanAskedFor) {
  Transcript transcript;
  say(transcript, 0, "One two three four five six seven eight nine ten eleven twelve.");
  for (const std::size_t longest : {1UZ, 5UZ, 11UZ}) {
    std::size_t next = 0;
    for (const auto& sentence : sentences(transcript, longest)) {
      EXPECT_EQ(sentence.first_word, next);
      EXPECT_LE(sentence.end_word - sentence.first_word, longest);
      next = sentence.end_word;
    }
    EXPECT_EQ(next, 12U);
  }
}

TEST(Sentences, OfNothingAreNone) { EXPECT_TRUE(sentences(Transcript{}).empty()); }

}  // namespace
}  // namespace reelwright::language
