#include "captions/fonts.h"

#include <gtest/gtest.h>

#include "captions/style.h"

namespace reelwright::captions {
namespace {

TEST(Fonts, EveryStyleHasItsFont) {
  for (const Style& style : caption_styles())
    EXPECT_TRUE(font_installed(std::string(style.font))) << style.name << ": " << style.font;
}

TEST(Fonts, AStandInDoesNotCount) { EXPECT_FALSE(font_installed("No Such Grotesk")); }

}  // namespace
}  // namespace reelwright::captions
