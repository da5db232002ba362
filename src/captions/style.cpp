#include "captions/style.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "core/error.h"

namespace reelwright::captions {

namespace {

// What a row leaves out is as in most looks; `Style` says how.
constexpr std::array<Style, 6> styles{{
    {.name = "bold",
     .help = "heavy white capitals, the spoken word in yellow",
     .font = "Montserrat ExtraBold",
     .bold = true,
     .size = 0.100,
     .line_pitch = 0.80,
     .capitals = true,
     .effect = Effect::highlight,
     .accent = 0xFFE81A,
     .border = 0.07,
     .shadow = 0.035,
     .max_words = 5,
     .min_columns = 12},
    {.name = "karaoke",
     .help = "words wait pale and fill with colour as they are spoken",
     .font = "Lato Black",
     .bold = true,
     .size = 0.104,
     .line_pitch = 0.92,
     .effect = Effect::fill,
     .color = 0xC9CDD6,
     .accent = 0x2DF0A0,
     .outline = 0x101820,
     .border = 0.06,
     .shadow = 0.02},
    {.name = "boxed",
     .help = "white on a rounded dark box, a coloured pill behind the spoken word",
     .font = "Inter",
     .bold = true,
     .size = 0.076,
     .line_pitch = 1.30,
     .effect = Effect::pill,
     .accent = 0x7C3AED,
     .outline = 0x14141C},
    {.name = "clean",
     .help = "quiet white type low in the picture, no word marked",
     .font = "Inter SemiBold",
     .size = 0.066,
     .line_pitch = 1.02,
     .effect = Effect::plain,
     .accent = 0xFFFFFF,
     .border = 0.05,
     .blur = 0.09,
     .preferred_y = 0.74,
     .page_cost = 1.2},
    {.name = "pop",
     .help = "a word or two at a time, very large, in changing colours",
     .font = "Bebas Neue",
     .size = 0.20,
     .line_pitch = 0.80,
     .capitals = true,
     .effect = Effect::flash,
     .accent = 0xFFD400,
     .border = 0.035,
     .shadow = 0.03,
     .preferred_y = 0.66,
     .max_words = 2,
     .max_columns = 14,
     .min_columns = 4,
     .page_cost = -0.3},
    {.name = "comic",
     .help = "friendly rounded type, the spoken word in pink",
     .font = "Comic Neue",
     .bold = true,
     .size = 0.106,
     .line_pitch = 0.95,
     .effect = Effect::highlight,
     .accent = 0xFF7AC6,
     .outline = 0x3B1466,
     .border = 0.085},
}};

bool is_full_screen_upright(int width, int height) { return height * 10 >= width * 16; }

}  // namespace

std::span<const Style> caption_styles() { return styles; }

const Style& caption_style(std::string_view name) {
  const auto found = std::ranges::find(styles, name, &Style::name);
  if (found != styles.end()) return *found;
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("There is no caption style \"{}\"; choose one of {}.", name,
                                fmt::join(styles | std::views::transform(&Style::name), ", ")));
}

SafeArea safe_area(int width, int height) {
  if (is_full_screen_upright(width, height)) {
    const double right = width * 817.0 / 1080;
    return {.top = height * 0.12, .bottom = height * 1498.0 / 1920, .width = 2 * (right - width / 2.0)};
  }
  return {.top = height * 0.08, .bottom = height * 0.93, .width = width * 0.86};
}

double type_size(const Style& style, int width, int height) { return style.size * std::min(width, height); }

LayoutOptions layout_options(const Style& style, int width, int height) {
  LayoutOptions options;
  const double type = type_size(style, width, height);
  const double padding = style.effect == Effect::pill ? 0.34 : style.border + style.shadow;
  options.max_width = safe_area(width, height).width - 2 * padding * type;
  const bool landscape = width > height;
  const double roomier = landscape ? 1.5 : 1;
  const bool flash = style.effect == Effect::flash;
  options.max_lines = flash ? 1 : 2;
  options.max_words = flash ? style.max_words : static_cast<int>(style.max_words * roomier);
  options.max_columns = flash ? style.max_columns : style.max_columns * roomier;
  options.min_columns = flash ? style.min_columns : style.min_columns * roomier;
  options.page_cost = style.page_cost;
  return options;
}

std::string shown_text(const Style& style, const std::string& text, const std::string& language) {
  if (!style.capitals) return text;
  std::string upper;
  icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale(language.c_str())).toUTF8String(upper);
  return upper;
}

}  // namespace reelwright::captions
