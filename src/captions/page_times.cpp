#include "captions/page_times.h"

#include <algorithm>
#include <ranges>

namespace reelwright::captions {

namespace {

// Later pages give way to earlier ones.
void push_apart(std::vector<Page>& pages, core::Time shortest) {
  core::Time earliest{};
  for (Page& page : pages) {
    page.span.start = std::max(page.span.start, earliest);
    page.span.end = std::max(page.span.end, page.span.start + shortest);
    earliest = page.span.start + shortest;
  }
}

// Pages pushed past the end come back; where even that leaves no room, all share what there is.
void pull_before(std::vector<Page>& pages, core::Time end, core::Time shortest) {
  const auto count = static_cast<std::int64_t>(pages.size());
  const core::Time step = std::min(shortest, end / count);
  core::Time latest = end;
  for (Page& page : pages | std::views::reverse) {
    page.span.start = std::min(page.span.start, latest - step);
    page.span.end = std::min(page.span.end, latest);
    latest = page.span.start;
  }
}

void end_pages(std::vector<Page>& pages, const LayoutOptions& options) {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    core::Span& span = pages[i].span;
    span.end = std::max(span.end, span.start + options.shortest_page);
    if (i + 1 == pages.size()) {
      span.end += options.hold;
      if (options.end) span.end = std::min(span.end, *options.end);
      continue;
    }
    const core::Time next = pages[i + 1].span.start;
    span.end = next - span.end <= options.closed_gap ? next : span.end + options.hold;
  }
}

}  // namespace

void settle_times(std::vector<Page>& pages, const LayoutOptions& options) {
  if (pages.empty()) return;
  push_apart(pages, options.shortest_page);
  if (options.end) pull_before(pages, *options.end, options.shortest_page);
  end_pages(pages, options);
}

}  // namespace reelwright::captions
