#include "captions/type_ruler.h"

#include <fmt/format.h>

#include <algorithm>

#include "captions/ass_renderer.h"
#include "captions/ass_script.h"

namespace reelwright::captions {

namespace {

using namespace std::chrono_literals;

// Lines too long for the picture must be measured too, so the canvas is wider than any sensible line.
constexpr int canvas_width = 8192;

// The extent of what has full opacity; the words that only keep their place are transparent.
std::optional<Box> ink(const ASS_Image* images) {
  double left = canvas_width;
  double right = 0;
  for (; images != nullptr; images = images->next) {
    if ((images->color & 0xFF) != 0) continue;
    for (int y = 0; y < images->h; ++y) {
      const unsigned char* row = images->bitmap + static_cast<std::ptrdiff_t>(y) * images->stride;
      const unsigned char* end = row + images->w;
      const unsigned char* first = std::find_if(row, end, [](unsigned char a) { return a > 32; });
      if (first == end) continue;
      const unsigned char* last = end;
      while (last[-1] <= 32) --last;
      left = std::min(left, static_cast<double>(images->dst_x + (first - row)));
      right = std::max(right, static_cast<double>(images->dst_x + (last - row)));
    }
  }
  if (left >= right) return {};
  return Box{.x = left - canvas_width / 2.0, .y = 0, .width = right - left, .height = 0};
}

}  // namespace

struct TypeRuler::State {
  Style style;
  std::string language;
  std::string header;
  int height;
  AssRenderer renderer;

  State(const Style& s, int width, int h, std::string l)
      : style(s),
        language(std::move(l)),
        height(2 * static_cast<int>(type_size(s, width, h)) + 2),
        renderer(canvas_width, height) {
    Style bare = style;
    // The header takes the size from the picture's shorter side, which here is not the picture's.
    bare.size = type_size(style, width, h) / height;
    bare.border = bare.shadow = 0;
    header = ass_header(bare, canvas_width, height);
  }

  std::optional<Box> draw(const std::string& text) {
    renderer.load(
        header +
        ass_event(0, {0s, 1s}, fmt::format("{{\\an5\\pos({},{})}}{}", canvas_width / 2, height / 2, text)));
    return ink(renderer.render(500ms));
  }

  std::string shown(const std::string& text) const { return ass_escape(shown_text(style, text, language)); }
};

TypeRuler::TypeRuler(const Style& style, int width, int height, std::string language)
    : state_(std::make_unique<State>(style, width, height, std::move(language))) {}
TypeRuler::~TypeRuler() = default;
TypeRuler::TypeRuler(TypeRuler&&) noexcept = default;
TypeRuler& TypeRuler::operator=(TypeRuler&&) noexcept = default;

double TypeRuler::width(std::string_view text) {
  const auto box = state_->draw(state_->shown(std::string(text)));
  return box ? box->width : 0;
}

std::vector<std::optional<Box>> TypeRuler::words(const Line& line, double scale) {
  std::vector<std::optional<Box>> boxes;
  for (std::size_t seen = 0; seen < line.words.size(); ++seen) {
    std::string text = fmt::format("{{\\fscx{0:.1f}\\fscy{0:.1f}}}", scale * 100);
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      if (i > 0 && line.words[i].space_before) text += ' ';
      text += fmt::format("{{\\1a&H{}&}}{}", i == seen ? "00" : "FF", state_->shown(line.words[i].text));
    }
    boxes.push_back(state_->draw(text));
  }
  return boxes;
}

}  // namespace reelwright::captions
