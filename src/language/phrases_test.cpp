#include "language/phrases.h"

#include <gtest/gtest.h>

namespace reelwright::language {
namespace {

TEST(Phrases, SentencesEndWithAStopEvenInQuotes) {
  for (const auto* word :
       {"end.", "why?", "\"no!\"", "done.)", "so\u2026", "\u201Cyes.\u201D", "\u7D42\u3002"}) {
    EXPECT_TRUE(ends_sentence(word)) << word;
  }
  for (const auto* word : {"end", "but,", "\"no\"", "", "3.5"}) EXPECT_FALSE(ends_sentence(word)) << word;
}

TEST(Phrases, TitlesAndInitialsEndNoSentence) {
  for (const auto* word : {"Dr.", "(e.g.", "J.", "Prof."}) EXPECT_TRUE(is_abbreviation(word)) << word;
  for (const auto* word : {"I.", "all.", "dr", "J", "5.", "..."}) EXPECT_FALSE(is_abbreviation(word)) << word;
}

TEST(Phrases, BareWordsHaveNoPunctuationAround) {
  EXPECT_EQ(bare("(\"Don't,\""), "don't");
  EXPECT_EQ(bare("..."), "");
  EXPECT_EQ(bare("\u00C9t\u00E9!"), "\u00C9t\u00E9");
}

TEST(Phrases, KnowsWhatLeansAndWhatDangles) {
  EXPECT_TRUE(leans_on_context("But,"));
  EXPECT_TRUE(leans_on_context("they've"));
  EXPECT_FALSE(leans_on_context("Printing"));
  EXPECT_TRUE(is_dangling_end("the"));
  EXPECT_TRUE(is_dangling_end("with."));
  EXPECT_FALSE(is_dangling_end("mill"));
  EXPECT_TRUE(is_sentence_starter("So,"));
  EXPECT_FALSE(is_sentence_starter("some"));
}

}  // namespace
}  // namespace reelwright::language
