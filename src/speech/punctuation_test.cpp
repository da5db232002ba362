#include "speech/punctuation.h"

#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using std::chrono::seconds;

/// A word a second.
std::vector<Transcription::Word> heard(const std::vector<std::string>& texts) {
  std::vector<Transcription::Word> words;
  for (const std::string& text : texts) {
    const seconds start(words.size());
    words.push_back({text, {start, start + seconds(1)}});
  }
  return words;
}

/// "word@start-end" each, "word" where it has no time.
std::string told(const std::string& text, const std::vector<std::string>& words) {
  std::string all;
  for (const transcript::DraftWord& word : with_punctuation(text, heard(words))) {
    all += (all.empty() ? "" : " ") + word.text;
    if (word.span)
      all += "@" + std::to_string(word.span->start / seconds(1)) + "-" +
             std::to_string(word.span->end / seconds(1));
  }
  return all;
}

TEST(Punctuation, ComesBack) {
  EXPECT_EQ(told("Hello, world. (Yes!)", {"Hello", "world", "Yes"}), "Hello,@0-1 world.@1-2 (Yes!)@2-3");
  EXPECT_EQ(told("\u00dcber \u00abuns\u00bb", {"\u00fcber", "uns"}), "\u00dcber@0-1 \u00abuns\u00bb@1-2");
}

TEST(Punctuation, WordsMayBePartedOtherwise) {
  EXPECT_EQ(told("Twenty-one days.", {"twenty", "one", "days"}), "Twenty-one@0-2 days.@2-3");
  EXPECT_EQ(told("It is over, right?", {"it", "isover", "right"}), "It@0-1 is@1-2 over,@1-2 right?@2-3");
}

TEST(Punctuation, WhatWasNotHeardHasNoTime) {
  EXPECT_EQ(told("Something remarkable happened yesterday, honestly.",
                 {"something", "remarkable", "yesterday", "honestly"}),
            "Something@0-1 remarkable@1-2 happened yesterday,@2-3 honestly.@3-4");
  EXPECT_EQ(told("Hello.", {}), "Hello.");
  EXPECT_EQ(told("", {"hello"}), "");
}

}  // namespace
}  // namespace reelwright::speech
