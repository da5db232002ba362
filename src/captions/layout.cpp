#include "captions/layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "captions/line_breaker.h"
#include "captions/page_times.h"
#include "captions/pieces.h"

namespace reelwright::captions {

namespace {

using Pieces = std::span<const Piece>;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t most_pieces = 24;  // a page; letters of scripts without spaces count as pieces

// How good the places are where a page ends: a clause, a pause, no word that leans on the next.
double end_cost(const Piece& last, const LayoutOptions& options) {
  const double pause = std::min(1.0, core::to_seconds(last.gap) / 0.4);
  return (last.may_break ? 0 : 20) + (last.is_weak ? 1.1 : 0) - (last.ends_clause ? 0.8 : 0) - 0.6 * pause +
         options.page_cost;
}

core::Time shown_for(Pieces run, std::size_t from, std::size_t to) {
  const core::Time end =
      to < run.size() ? run[to].word.start : run[to - 1].word.end + std::chrono::seconds(1);
  return end - run[from].word.start;
}

class Pager {
 public:
  Pager(const Run& run, const LayoutOptions& options, double space)
      : run_(run.pieces), options_(options), space_(space) {}

  // Total fit: the cheapest chain of pages from the first piece to the last.
  std::vector<std::size_t> page_ends() {
    cost_.assign(run_.size() + 1, infinite);
    from_.assign(run_.size() + 1, 0);
    cost_[0] = 0;
    for (std::size_t from = 0; from < run_.size(); ++from) extend(from);
    std::vector<std::size_t> ends;
    for (std::size_t at = run_.size(); at > 0; at = from_[at]) ends.push_back(at);
    std::ranges::reverse(ends);
    return ends;
  }

  Page page(std::size_t from, std::size_t to, const std::string& speaker) const {
    Page page;
    page.speaker = speaker;
    page.span = {run_[from].word.start, run_[from].word.end};
    double widest = 0;
    for (const std::size_t end : lines_of(from, to).ends) {
      Line line;
      double width = 0;
      for (std::size_t i = from + count(page); i < from + end; ++i) {
        width += run_[i].width + (line.words.empty() || !run_[i].word.space_before ? 0 : space_);
        line.words.push_back(run_[i].word);
        page.span.end = std::max(page.span.end, run_[i].word.end);
      }
      widest = std::max(widest, width);
      page.lines.push_back(std::move(line));
    }
    page.scale = std::min(1.0, options_.max_width / widest);
    return page;
  }

 private:
  static std::size_t count(const Page& page) {
    std::size_t words = 0;
    for (const Line& line : page.lines) words += line.words.size();
    return words;
  }

  Lines lines_of(std::size_t from, std::size_t to) const {
    return break_lines(run_.subspan(from, to - from), space_, options_.max_width, options_.max_lines)
        .value_or(Lines{{to - from}, 0});
  }

  void extend(std::size_t from) {
    double columns = 0;
    int words = 0;
    for (std::size_t to = from + 1; to <= std::min(run_.size(), from + most_pieces); ++to) {
      const Piece& piece = run_[to - 1];
      columns += piece.columns + (to - 1 > from && piece.word.space_before ? 1 : 0);
      words += to - 1 == from || piece.word.space_before ? 1 : 0;
      if (to - from > 1 && (columns > options_.max_columns || words > options_.max_words)) return;
      const auto lines =
          break_lines(run_.subspan(from, to - from), space_, options_.max_width, options_.max_lines);
      if (!lines) return;
      const double cost = cost_[from] + page_cost(from, to, columns, words) + lines->badness;
      if (cost < cost_[to]) {
        cost_[to] = cost;
        from_[to] = from;
      }
    }
  }

  double page_cost(std::size_t from, std::size_t to, double columns, int words) const {
    double cost = to < run_.size() ? end_cost(run_[to - 1], options_) : 0;
    if (columns < options_.min_columns && words < 3)
      cost += 2 * std::pow(1 - columns / options_.min_columns, 2);
    const double missing =
        1 - core::to_seconds(shown_for(run_, from, to)) / core::to_seconds(options_.shortest_page);
    if (missing > 0) cost += 4 * missing;
    return cost;
  }

  Pieces run_;
  const LayoutOptions& options_;
  double space_;
  std::vector<double> cost_;
  std::vector<std::size_t> from_;
};

}  // namespace

LayoutOptions subtitle_layout() { return {}; }

std::vector<Page> lay_out(const transcript::Transcript& transcript, const LayoutOptions& options,
                          const Measure& measure) {
  const double space = measure("n n") - 2 * measure("n");
  std::vector<Page> pages;
  for (const Run& run : make_runs(transcript, options, measure)) {
    Pager pager(run, options, space);
    std::size_t from = 0;
    for (const std::size_t to : pager.page_ends()) {
      pages.push_back(pager.page(from, to, run.speaker));
      from = to;
    }
  }
  settle_times(pages, options);
  return pages;
}

}  // namespace reelwright::captions
