#include "captions/style.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/error.h"

namespace reelwright::captions {
namespace {

TEST(Styles, EachRowIsWhole) {
  std::set<std::string_view> names;
  for (const Style& style : caption_styles()) {
    EXPECT_TRUE(names.insert(style.name).second) << style.name << " stands twice";
    EXPECT_FALSE(style.help.empty()) << style.name;
    EXPECT_FALSE(style.font.empty()) << style.name;
    EXPECT_TRUE(style.size > 0.03 && style.size < 0.3) << style.name;
    EXPECT_GT(style.line_pitch, 0.5) << style.name;
    EXPECT_LE(style.min_columns, style.max_columns) << style.name;
    EXPECT_LE(style.color, 0xFFFFFFU) << style.name;
    EXPECT_TRUE(style.border > 0 || style.effect == Effect::pill)
        << style.name << " is unreadable on a picture of its own colour";
    EXPECT_EQ(&caption_style(style.name), &style);
  }
  EXPECT_GE(names.size(), 4U);
}

TEST(Styles, AnUnknownOneIsRefusedWithTheKnown) {
  try {
    caption_style("Bold");
    FAIL() << "names are written as they stand";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    for (const Style& style : caption_styles())
      EXPECT_TRUE(std::string(error.what()).contains(style.name)) << error.what();
  }
}

TEST(SafeArea, OnAFullScreenKeepsClearOfTheAppsControls) {
  const SafeArea area = safe_area(1080, 1920);
  EXPECT_NEAR(area.bottom, 1498, 1e-9);
  EXPECT_NEAR(540 + area.width / 2, 817, 1e-9) << "the buttons on the right";
  EXPECT_GT(area.top, 0);
}

TEST(SafeArea, GrowsWithThePictureAndFitsInIt) {
  for (const auto& [width, height] : {std::pair(1080, 1920), std::pair(1080, 1080), std::pair(1920, 1080)}) {
    const SafeArea area = safe_area(width, height);
    const SafeArea half = safe_area(width / 2, height / 2);
    EXPECT_NEAR(half.width, area.width / 2, 1e-9);
    EXPECT_NEAR(half.bottom, area.bottom / 2, 1e-9);
    EXPECT_TRUE(0 < area.top && area.top < area.bottom && area.bottom < height);
    EXPECT_LT(area.width, width);
  }
}

TEST(LayoutOptions, LandscapeHasRoomForMore) {
  const Style& bold = caption_style("bold");
  const LayoutOptions upright = layout_options(bold, 1080, 1920);
  const LayoutOptions landscape = layout_options(bold, 1920, 1080);
  EXPECT_GT(landscape.max_columns, upright.max_columns);
  EXPECT_GT(landscape.max_words, upright.max_words);
  EXPECT_LT(upright.max_width, safe_area(1080, 1920).width) << "the outline must fit too";
}

TEST(LayoutOptions, AFlashIsOneLineOfAWordOrTwoAnywhere) {
  const Style& pop = caption_style("pop");
  for (const auto& [width, height] : {std::pair(1080, 1920), std::pair(1920, 1080)}) {
    const LayoutOptions options = layout_options(pop, width, height);
    EXPECT_EQ(options.max_lines, 1);
    EXPECT_EQ(options.max_words, 2);
  }
}

TEST(ShownText, CapitalsAreThoseOfTheLanguage) {
  const Style& bold = caption_style("bold");
  EXPECT_EQ(shown_text(bold, "istanbul", "en"), "ISTANBUL");
  EXPECT_EQ(shown_text(bold, "istanbul", "tr"), "İSTANBUL");
  EXPECT_EQ(shown_text(bold, "straße", "de"), "STRASSE");
  EXPECT_EQ(shown_text(caption_style("clean"), "As it Stands", "en"), "As it Stands");
}

}  // namespace
}  // namespace reelwright::captions
