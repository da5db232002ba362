#include "speech/recognition_prompt.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::speech {
namespace {

TEST(RecognitionPrompt, HasTheHotWordsLast) {
  EXPECT_EQ(recognition_prompt("", ""), "");
  EXPECT_EQ(recognition_prompt(" A talk\n on ships. ", ""), "A talk on ships.");
  EXPECT_EQ(recognition_prompt("", "Reelwright, FFmpeg"), "Reelwright, FFmpeg.");
  EXPECT_EQ(recognition_prompt("A talk.", " Ada  Lovelace ,, Zürich,"), "A talk. Ada Lovelace, Zürich.");
}

TEST(RecognitionPrompt, MayNotBeLongerThanWhatIsHeeded) {
  EXPECT_NO_THROW(recognition_prompt(std::string(1000, 'a'), ""));
  EXPECT_THROW(recognition_prompt(std::string(990, 'a'), "Reelwright"), core::Error);
}

}  // namespace
}  // namespace reelwright::speech
