#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "captions/ass_lines.h"
#include "captions/ass_script.h"
#include "captions/formats.h"
#include "captions/placement.h"
#include "captions/type_ruler.h"

namespace reelwright::captions {

namespace {

using namespace std::chrono_literals;

constexpr core::Time entrance = 90ms;

// Shares of the type's size.
constexpr double box_height = 1.22;
constexpr double box_padding = 0.34;
constexpr double pill_height = 1.04;
constexpr double pill_padding = 0.12;
constexpr double corner = 0.24;

// Layers, from the back.
enum Layer : std::uint8_t { box_layer, pill_layer, text_layer };

class Writer {
 public:
  Writer(const Style& style, int width, int height, const std::string& language)
      : style_(style),
        language_(language),
        center_x_(width / 2.0),
        type_(type_size(style, width, height)),
        width_(width),
        height_(height),
        out_(ass_header(style, width, height)) {
    if (style.effect == Effect::pill) ruler_.emplace(style, width, height, language);
  }

  void add(const Page& page) {
    // Between pages that follow each other at once nothing fades or moves in: that would flicker.
    after_silence_ = page.span.start > last_end_;
    last_end_ = page.span.end;
    const auto spoken = spoken_times(page);
    const double pitch = line_distance(page, style_, width_, height_);
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const double y =
          page.center_y +
          (static_cast<double>(i) - static_cast<double>(page.lines.size() - 1) / 2) * pitch * page.scale;
      if (ruler_) add_boxes(*ruler_, page, page.lines[i], spoken[i], y);
      event(text_layer, page.span,
            fmt::format("{{\\pos({:.1f},{:.1f}){}}}", center_x_, y, motion(page)) + text(page, i, spoken[i]));
    }
    ++pages_;
  }

  std::string take() { return std::move(out_); }

 private:
  void event(Layer layer, core::Span span, const std::string& text) { out_ += ass_event(layer, span, text); }

  // How the page comes in; the whole line moves, once.
  std::string motion(const Page& page) const {
    switch (style_.effect) {
      case Effect::highlight:
        return scale_tags(page.scale, 0.93, entrance);
      case Effect::flash:
        return scale_tags(page.scale, 0.78, entrance) + flash_color();
      case Effect::fill:
      case Effect::plain:
      case Effect::pill:
        return scale_tags(page.scale, 1, 0us) + fade();
    }
    return {};
  }

  std::string fade() const { return after_silence_ ? fmt::format("\\fad({},0)", entrance / 1ms) : ""; }

  std::string blur() const { return style_.blur > 0 ? fmt::format("\\blur{:.1f}", style_.blur * type_) : ""; }

  std::string flash_color() const {
    return fmt::format("\\1c{}", ass_override_color(pages_ % 2 == 0 ? style_.color : style_.accent));
  }

  std::string text(const Page& page, std::size_t line, const std::vector<Spoken>& spoken) const {
    const Line& words = page.lines[line];
    switch (style_.effect) {
      case Effect::highlight:
        return highlighted_line(words, spoken, style_, language_);
      case Effect::fill: {
        // Karaoke counts from the event's start: the line waits for its first word.
        const auto wait = (words.words.front().start - page.span.start) / 10ms;
        return (wait > 0 ? fmt::format("{{\\k{}}}", wait) : "") + filled_line(words, style_, language_);
      }
      case Effect::pill:
      case Effect::plain:
      case Effect::flash:
        return plain_line(words, style_, language_);
    }
    return {};
  }

  void add_boxes(TypeRuler& ruler, const Page& page, const Line& line, const std::vector<Spoken>& spoken,
                 double y) {
    const auto words = ruler.words(line, page.scale);
    const double type = type_ * page.scale;
    double left = 0;
    double right = 0;
    for (const auto& word : words) {
      if (word) left = std::min(left, word->x), right = std::max(right, word->right());
    }
    const auto box = [&](double from, double to, double padding, double height, std::uint32_t rgb,
                         double opacity) {
      return rounded_box(center_x_ + from - padding * type, y - height * type / 2,
                         to - from + 2 * padding * type, height * type, corner * type, rgb, opacity, fade());
    };
    event(box_layer, page.span, box(left, right, box_padding, box_height, style_.outline, 0.9));
    for (std::size_t i = 0; i < words.size(); ++i) {
      const core::Span active{page.span.start + spoken[i].from, page.span.start + spoken[i].to};
      const auto& word = words[i];
      if (!word || active.duration() < 10ms) continue;
      event(pill_layer, active, box(word->x, word->right(), pill_padding, pill_height, style_.accent, 1));
    }
  }

  const Style& style_;
  const std::string& language_;
  double center_x_;
  double type_;
  int width_;
  int height_;
  std::string out_;
  std::optional<TypeRuler> ruler_;
  core::Time last_end_{-1};
  bool after_silence_ = true;
  std::size_t pages_ = 0;
};

}  // namespace

std::string to_ass(const std::vector<Page>& pages, const Style& style, int width, int height,
                   const std::string& language) {
  Writer writer(style, width, height, language);
  for (const Page& page : pages) writer.add(page);
  return writer.take();
}

}  // namespace reelwright::captions
