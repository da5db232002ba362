#include "language/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "language/titles.h"
#include "support/spoken_transcript.h"

namespace reelwright::language {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::say;

/// A talk of three parts of four sentences: bees, sails, bread.
transcript::Transcript talk() {
  transcript::Transcript transcript;
  say(transcript, 0,
      "Bees dance to tell the hive where flowers are. The waggle dance points at the sun. "
      "Other bees follow the waggle dance in the dark hive. So a hive decides together where to forage.");
  say(transcript, 30,
      "Sails work like wings. The wind bends around the sail and pulls the boat. "
      "A boat cannot sail straight into the wind. Why do sailors tack against the wind?");
  say(transcript, 60,
      "Bread needs only flour and water. Wild yeast raises the dough overnight. "
      "A hot oven gives the bread its crust. Steam in the oven keeps the dough soft.");
  return transcript;
}

Digest digest_of(std::size_t first, std::size_t end) {
  const auto found = sentences(talk());
  const Lexer lexer;
  return digest(found, first, end, Salience(found, lexer));
}

TEST(Digest, KeywordsAreOfThePartAndNotOfTheRest) {
  const auto keywords = digest_of(0, 4).keywords;
  EXPECT_THAT(keywords, Contains("waggle dance"));
  EXPECT_THAT(keywords, Contains("hive"));
  EXPECT_LE(keywords.size(), 5U);
  EXPECT_THAT(digest_of(4, 8).keywords, Contains("wind"));
  EXPECT_THAT(digest_of(8, 12).keywords, Contains("oven"));
}

TEST(Digest, KeywordsDoNotRepeatAWord) { EXPECT_THAT(digest_of(0, 4).keywords, Not(Contains("dance"))); }

TEST(Digest, TitlesArePhrasesOfTheTextWithACapital) {
  const auto whole = [] {
    std::string text;
    for (const auto& sentence : sentences(talk())) text += sentence.text + ' ';
    return text;
  }();
  for (const std::size_t first : {0UZ, 4UZ, 8UZ}) {
    const auto titles = digest_of(first, first + 4).titles;
    ASSERT_FALSE(titles.empty());
    for (const auto& title : titles) {
      EXPECT_TRUE(std::isupper(static_cast<unsigned char>(title.front()))) << title;
      EXPECT_LE(title.size(), 71U);
      EXPECT_THAT(whole, HasSubstr(title.substr(1, title.size() - 1)));
      EXPECT_GE(std::ranges::count(title, ' '), 2);
    }
  }
}

TEST(Digest, DescriptionIsWholeSentencesOfThePart) {
  const auto description = digest_of(4, 8).description;
  EXPECT_TRUE(description.ends_with('.') || description.ends_with('?')) << description;
  EXPECT_THAT(description, HasSubstr("wind"));
  EXPECT_LE(description.size(), 200U);
}

TEST(Digest, LongSentencesAreShortenedAtAWord) {
  transcript::Transcript transcript;
  std::string text = "Gardens";
  for (int i = 0; i < 58; ++i) text += " flower";
  say(transcript, 0, text + ".");
  const auto found = sentences(transcript);
  const auto description = digest(found, 0, 1, Salience(found, Lexer())).description;
  EXPECT_LE(description.size(), 203U);
  EXPECT_TRUE(description.ends_with("flower\u2026")) << description;
}

TEST(Digest, RecognisedTextIsCasedLikeText) {
  EXPECT_EQ(as_sentence("i said that i'm not sure"), "I said that I'm not sure.");
  EXPECT_EQ(as_sentence("\u00E9t\u00E9,"), "\u00C9t\u00E9.");
  EXPECT_EQ(as_sentence("Is it?"), "Is it?");
  EXPECT_EQ(as_sentence(""), "");
}

TEST(Digest, OfATalkOfOnePartStillHasAll) {
  transcript::Transcript transcript;
  say(transcript, 0, "Roman letters came to Venice. Venice printed Roman letters for all.");
  const auto found = sentences(transcript);
  const auto whole = digest(found, 0, 2, Salience(found, Lexer()));
  EXPECT_THAT(whole.keywords, Contains("Roman letters"));
  EXPECT_FALSE(whole.titles.empty());
}

TEST(Digest, OfNothingButFillersHasNoTitle) {
  transcript::Transcript transcript;
  say(transcript, 0, "Yeah, so it is what it is.");
  const auto found = sentences(transcript);
  const auto empty = digest(found, 0, 1, Salience(found, Lexer()));
  EXPECT_TRUE(empty.titles.empty());
  EXPECT_TRUE(empty.keywords.empty());
  EXPECT_EQ(empty.description, "Yeah, so it is what it is.");
}

}  // namespace
}  // namespace reelwright::language
