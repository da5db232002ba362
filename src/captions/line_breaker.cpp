#include "captions/line_breaker.h"

#include <cmath>

namespace reelwright::captions {

namespace {

constexpr double forbidden_break = 10;
constexpr double weak_break = 0.3;

double end_badness(const Piece& last) {
  return (last.may_break ? 0 : forbidden_break) + (last.is_weak ? weak_break : 0);
}

// Every way to break a handful of words into exactly `lines_` lines.
class Search {
 public:
  Search(std::span<const Piece> pieces, double space, double max_width, int lines)
      : pieces_(pieces), space_(space), max_width_(max_width), lines_(lines) {}

  std::optional<Lines> run() {
    extend(0);
    return best_;
  }

 private:
  void extend(std::size_t from) {
    if (from == pieces_.size()) return finish();
    if (static_cast<int>(ends_.size()) == lines_) return;
    double width = 0;
    for (std::size_t end = from + 1; end <= pieces_.size(); ++end) {
      const Piece& piece = pieces_[end - 1];
      width += piece.width + (end - 1 > from && piece.word.space_before ? space_ : 0);
      if (width > max_width_ && end - from > 1) return;
      ends_.push_back(end);
      widths_.push_back(width);
      extend(end);
      ends_.pop_back();
      widths_.pop_back();
    }
  }

  void finish() {
    double widest = 0;
    for (const double width : widths_) widest = std::max(widest, width);
    double badness = 0;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      badness += std::pow(1 - widths_[i] / widest, 2);
      if (i + 1 < ends_.size()) badness += end_badness(pieces_[ends_[i] - 1]);
    }
    if (!best_ || badness < best_->badness) best_ = Lines{ends_, badness};
  }

  std::span<const Piece> pieces_;
  double space_;
  double max_width_;
  int lines_;
  std::vector<std::size_t> ends_;
  std::vector<double> widths_;
  std::optional<Lines> best_;
};

}  // namespace

std::optional<Lines> break_lines(std::span<const Piece> pieces, double space, double max_width,
                                 int max_lines) {
  for (int lines = 1; lines <= max_lines; ++lines) {
    if (auto found = Search(pieces, space, max_width, lines).run()) return found;
  }
  return {};
}

}  // namespace reelwright::captions
