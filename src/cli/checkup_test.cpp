#include "cli/checkup.h"

#include <gtest/gtest.h>

#include "captions/style.h"

namespace reelwright::cli {
namespace {

TEST(CheckUp, KnowsThePackageOfEveryStylesFont) {
  for (const captions::Style& style : captions::caption_styles())
    EXPECT_TRUE(font_package(style.font).starts_with("fonts-")) << style.font;
  EXPECT_EQ(font_package("No Such Grotesk"), "");
}

}  // namespace
}  // namespace reelwright::cli
