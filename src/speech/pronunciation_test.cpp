#include "speech/pronunciation.h"

#include <gtest/gtest.h>

#include "speech/decoder.h"

namespace reelwright::speech {
namespace {

TEST(GuessPhones, SaysUnknownWords) {
  EXPECT_EQ(guess_phones("cat"), "K AE T");
  EXPECT_FALSE(guess_phones("reelwright").empty());
  EXPECT_TRUE(guess_phones("reelwright's").ends_with(" T S"));
}

TEST(GuessPhones, SaysNothingOfNothing) {
  EXPECT_EQ(guess_phones(""), "");
  EXPECT_EQ(guess_phones("''"), "");
}

TEST(GuessPhones, SpeaksTheDecodersPhones) {
  Decoder decoder(Decoder::Task::align);
  int number = 0;
  for (const char* word : {"zyxgloop", "brrr", "xkcd", "qwertyuiop", "schwa", "zhivago", "thither", "joyous",
                           "oughtta's", "s"}) {
    EXPECT_TRUE(decoder.add("test" + std::to_string(number++), guess_phones(word)))
        << word << ": " << guess_phones(word);
  }
  EXPECT_FALSE(decoder.add("nothing", ""));
  EXPECT_FALSE(decoder.add("nothing", "QQ"));
  EXPECT_TRUE(decoder.knows("people"));
  EXPECT_FALSE(decoder.knows("zyxgloop"));
}

}  // namespace
}  // namespace reelwright::speech
