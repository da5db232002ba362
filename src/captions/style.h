#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "captions/layout.h"

namespace reelwright::captions {

/// How the spoken word is shown. The type never changes its size while it is spoken: the line would tremble.
enum class Effect {
  highlight,  ///< the word takes the second colour while it is spoken
  fill,       ///< words wait pale and fill from the left as they are spoken
  pill,       ///< a coloured pill stands behind the word, on a box behind the line
  plain,      ///< no word is marked
  flash,      ///< a word or two at a time, in changing colours
};

/// A look for burned-in captions. Lengths are shares, so one table serves every picture size.
struct Style {
  std::string_view name;
  std::string_view help;
  std::string_view font;  ///< family, as fontconfig knows it
  bool bold = false;      ///< the family's bold face
  double size;            ///< line height of the font, of the picture's shorter side
  double line_pitch;      ///< distance of two lines, of the size; at least 1 in scripts without capitals
  bool capitals = false;
  Effect effect;
  std::uint32_t color = 0xFFFFFF;  ///< 0xRRGGBB
  std::uint32_t accent;            ///< of the spoken word, the pill, every second flash
  std::uint32_t outline = 0;       ///< also of the shadow and the box
  double border = 0;               ///< width of the outline, of the size
  double blur = 0;                 ///< of the outline, of the size; 0: crisp
  double shadow = 0;               ///< its offset, of the size
  double preferred_y = 0.68;       ///< middle of the block, of the picture's height
  int max_words = 6;               ///< a page, in portrait
  double max_columns = 20;
  double min_columns = 14;
  double page_cost = 1;
};

/// The table, in the order in which help shows it.
std::span<const Style> caption_styles();

/// Throws `invalid_input` naming the known styles.
const Style& caption_style(std::string_view name);

/// The part of the picture that the apps' own controls leave free, in pixels: on a full-screen upright
/// picture YouTube, TikTok and Instagram cover the top, the bottom (below y = 1498 of 1920) and, in the lower
/// part, the right side (beyond x = 817 of 1080); elsewhere it is the title-safe area. Text is centred, so
/// both sides give way alike.
struct SafeArea {
  double top = 0;
  double bottom = 0;
  double width = 0;  ///< of a centred line
};

SafeArea safe_area(int width, int height);

/// Height of a line of type in pixels, before a page's own scale.
double type_size(const Style& style, int width, int height);

/// The layout that fits the style on a picture of this size; widths in pixels. Landscape pages hold about 30
/// columns.
LayoutOptions layout_options(const Style& style, int width, int height);

/// `text` as the style shows it: in capitals (of `language`) or as it stands.
std::string shown_text(const Style& style, const std::string& text, const std::string& language);

}  // namespace reelwright::captions
