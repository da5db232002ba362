#include "captions/ass_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace reelwright::captions {

namespace {

std::uint32_t blue_first(std::uint32_t rgb) {
  return (rgb & 0xFF) << 16 | (rgb & 0xFF00) | (rgb >> 16 & 0xFF);
}

}  // namespace

std::string ass_color(std::uint32_t rgb, double opacity) {
  const auto transparency = static_cast<unsigned>(std::lround(255 * (1 - std::clamp(opacity, 0.0, 1.0))));
  return fmt::format("&H{:02X}{:06X}", transparency, blue_first(rgb));
}

std::string ass_override_color(std::uint32_t rgb) { return fmt::format("&H{:06X}&", blue_first(rgb)); }

std::string ass_time(core::Time time) {
  const std::int64_t cs = (std::max(time, core::Time{}).count() + 5000) / 10'000;
  return fmt::format("{}:{:02}:{:02}.{:02}", cs / 360'000, cs / 6000 % 60, cs / 100 % 60, cs % 100);
}

std::string ass_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
    if (c == '\\') out += "\u2060";  // a word joiner, so that no letter after it makes a command
  }
  return out;
}

std::string ass_event(int layer, core::Span span, std::string_view text) {
  return fmt::format("Dialogue: {},{},{},Default,,0,0,0,,{}\n", layer, ass_time(span.start),
                     ass_time(span.end), text);
}

std::string ass_header(const Style& style, int width, int height) {
  const double size = type_size(style, width, height);
  // What is sung has the primary colour, what waits the secondary one. Encoding -1 tells libass to find the
  // text's base direction itself.
  const bool fill = style.effect == Effect::fill;
  return fmt::format(
      "[Script Info]\nScriptType: v4.00+\nPlayResX: {}\nPlayResY: {}\nWrapStyle: 2\nScaledBorderAndShadow: "
      "yes\n"
      "YCbCr Matrix: TV.709\n\n"
      "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, "
      "BackColour, Bold, "
      "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, "
      "Alignment, MarginL, "
      "MarginR, MarginV, Encoding\n"
      "Style: Default,{},{:.1f},{},{},{},{},{},0,0,0,100,100,0,0,1,{:.1f},{:.1f},5,0,0,0,-1\n\n"
      "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
      width, height, style.font, size, ass_color(fill ? style.accent : style.color), ass_color(style.color),
      ass_color(style.outline), ass_color(style.outline, 0.6), style.bold ? -1 : 0, style.border * size,
      style.shadow * size);
}

}  // namespace reelwright::captions
