#include "speech/whisper_language.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::speech {
namespace {

TEST(WhisperLanguage, IsThePrimaryPartOfTheTag) {
  EXPECT_EQ(whisper_language("de"), "de");
  EXPECT_EQ(whisper_language("pt-BR"), "pt");
  EXPECT_EQ(whisper_language("ZH_hant"), "zh");
  EXPECT_EQ(whisper_language("yue"), "yue");
  EXPECT_EQ(whisper_language("german"), "de");
  EXPECT_EQ(whisper_language("nb-NO"), "no");
  EXPECT_EQ(whisper_language("fil"), "tl");
}

TEST(WhisperLanguage, NothingIsEnglishAndAutoStays) {
  EXPECT_EQ(whisper_language(""), "en");
  EXPECT_EQ(whisper_language("EN-gb"), "en");
  EXPECT_EQ(whisper_language("auto"), "auto");
}

TEST(WhisperLanguage, OthersAreRefused) {
  for (const char* language : {"tlh", "x-klingon", "1", "deutsch"})
    EXPECT_THROW(whisper_language(language), core::Error) << language;
}

}  // namespace
}  // namespace reelwright::speech
