#include "captions/ass_lines.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>

#include "captions/ass_script.h"
#include "core/code_points.h"

namespace reelwright::captions {

namespace {

using namespace std::chrono_literals;

constexpr core::Time pause = 500ms;

std::int64_t ms(core::Time time) { return std::chrono::round<std::chrono::milliseconds>(time).count(); }
std::int64_t cs(core::Time time) { return (time.count() + 5000) / 10'000; }

std::string shown(const PageWord& word, const Style& style, const std::string& language) {
  return ass_escape(shown_text(style, word.text, language));
}

bool runs_from_right(const Line& line) {
  return core::any_code_point(line.text(), [](UChar32 c) {
    const auto direction = u_charDirection(c);
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
  });
}

std::string color_from(core::Time at, std::uint32_t rgb) {
  return fmt::format("\\t({0},{1},\\1c{2})", ms(at), ms(at) + 1, ass_override_color(rgb));
}

}  // namespace

std::vector<std::vector<Spoken>> spoken_times(const Page& page) {
  const core::Time length = page.span.duration();
  std::vector<std::vector<Spoken>> all;
  Spoken* before = nullptr;
  core::Time before_end{};
  for (const Line& line : page.lines) {
    auto& row = all.emplace_back();
    row.reserve(line.words.size());
    for (const PageWord& word : line.words) {
      const core::Time from = std::clamp(word.start - page.span.start, core::Time{}, length);
      if (before) before->to = from - before_end < pause ? from : before_end;
      before_end = std::clamp(word.end - page.span.start, from, length);
      row.push_back({from, length});
      before = &row.back();
    }
  }
  return all;
}

std::string scale_tags(double scale, double from, core::Time length) {
  const auto tags = [](double share) { return fmt::format("\\fscx{0:.1f}\\fscy{0:.1f}", share * 100); };
  if (length > 0us) return fmt::format("{}\\t(0,{},{})", tags(scale * from), ms(length), tags(scale));
  return scale < 1 ? tags(scale) : "";
}

std::string highlighted_line(const Line& line, const std::vector<Spoken>& spoken, const Style& style,
                             const std::string& language) {
  std::string text;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    if (i > 0 && line.words[i].space_before) text += ' ';
    const bool at_once = ms(spoken[i].from) == 0;
    text += fmt::format("{{\\1c{}", ass_override_color(at_once ? style.accent : style.color));
    if (!at_once) text += color_from(spoken[i].from, style.accent);
    text += color_from(std::max(spoken[i].to, spoken[i].from + 1ms), style.color);
    text += '}' + shown(line.words[i], style, language);
  }
  return text;
}

std::string filled_line(const Line& line, const Style& style, const std::string& language) {
  const std::string_view command = runs_from_right(line) ? "k" : "kf";
  std::string text;
  core::Time last = line.words.front().start;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const PageWord& word = line.words[i];
    if (i > 0 && word.space_before) text += ' ';
    // Differences of rounded times, so that no error adds up along the line.
    const std::int64_t wait = std::max<std::int64_t>(cs(word.start) - cs(last), 0);
    if (wait > 0) text += fmt::format("{{\\k{}}}", wait);
    last = std::max(word.end, word.start);
    text += fmt::format("{{\\{}{}}}{}", command, cs(last) - cs(word.start), shown(word, style, language));
  }
  return text;
}

std::string plain_line(const Line& line, const Style& style, const std::string& language) {
  return ass_escape(shown_text(style, line.text(), language));
}

std::string rounded_box(double x, double y, double width, double height, double radius, std::uint32_t rgb,
                        double opacity, const std::string& tags) {
  const double r = std::min({radius, width / 2, height / 2});
  const double c = r * 0.4477;  // the control points of a quarter circle, from the corner
  return fmt::format(
      "{{\\an7\\pos({:.1f},{:.1f})\\bord0\\shad0\\1c{}\\1a&H{:02X}&{}\\p1}}"
      "m {:.1f} 0 l {:.1f} 0 b {:.1f} 0 {:.1f} {:.1f} {:.1f} {:.1f} l {:.1f} {:.1f} "
      "b {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} l {:.1f} {:.1f} b {:.1f} {:.1f} 0 {:.1f} 0 {:.1f} "
      "l 0 {:.1f} b 0 {:.1f} {:.1f} 0 {:.1f} 0",
      x, y, ass_override_color(rgb), std::lround(255 * (1 - opacity)), tags,  //
      r, width - r, width - c, width, c, width, r, width, height - r,         // top, right
      width, height - c, width - c, height, width - r, height, r, height, c, height, height - c,
      height - r,  // bottom
      r, c, c, r);
}

}  // namespace reelwright::captions
