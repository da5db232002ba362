#include <gtest/gtest.h>

#include <algorithm>

#include "captions/style.h"
#include "clips/render.h"
#include "core/settings.h"

namespace reelwright::cli {
namespace {

// The table of settings lies below the rooms that give its choices their meaning.
TEST(Settings, CaptionStylesAreThoseOfTheCaptions) {
  const core::Setting* setting = core::find_setting("CAPTION_STYLE");
  ASSERT_NE(setting, nullptr);
  const auto styles = captions::caption_styles();
  ASSERT_EQ(setting->choices.size(), styles.size() + 1);
  EXPECT_EQ(setting->choices.front(), "none");
  for (const captions::Style& style : styles)
    EXPECT_TRUE(std::ranges::contains(setting->choices, style.name)) << style.name;
}

TEST(Settings, EveryAspectRatioCanBeRendered) {
  const core::Setting* setting = core::find_setting("ASPECT_RATIO");
  ASSERT_NE(setting, nullptr);
  for (const std::string_view ratio : setting->choices)
    EXPECT_NO_THROW(clips::output_size(ratio, {.width = 640, .height = 360})) << ratio;
}

}  // namespace
}  // namespace reelwright::cli
