#include "captions/page_times.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelwright::captions {
namespace {

using std::chrono::milliseconds;

struct Piece {
  long start, end;  // milliseconds
};

std::vector<core::Span> settled(const std::vector<Piece>& spans, LayoutOptions options = {}) {
  std::vector<Page> pages;
  for (const auto& [start, end] : spans) {
    Page page;
    page.span = {milliseconds(start), milliseconds(end)};
    pages.push_back(page);
  }
  settle_times(pages, options);
  std::vector<core::Span> result;
  for (const Page& page : pages) result.push_back(page.span);
  return result;
}

core::Span span(long start, long end) { return {milliseconds(start), milliseconds(end)}; }

TEST(SettleTimes, NoPagesNeedNone) { EXPECT_TRUE(settled({}).empty()); }

TEST(SettleTimes, AGapThatFlickersIsClosedAndALongOneIsHeldInto) {
  const auto pages = settled({{0, 1000}, {1400, 2000}, {5000, 6000}});
  EXPECT_EQ(pages[0], span(0, 1400));
  EXPECT_EQ(pages[1], span(1400, 2300));
  EXPECT_EQ(pages[2], span(5000, 6300));
}

TEST(SettleTimes, APageStaysLongEnoughToBeRead) {
  const auto pages = settled({{0, 10}, {20, 30}, {2000, 2500}});
  EXPECT_EQ(pages[0], span(0, 250));
  EXPECT_EQ(pages[1].start, milliseconds(250)) << "the later gives way";
  EXPECT_GE(pages[1].duration(), milliseconds(250));
  EXPECT_EQ(pages[2].start, milliseconds(2000)) << "where there is room again, nothing moves";
}

TEST(SettleTimes, NothingOutlastsTheRecording) {
  LayoutOptions options;
  options.end = milliseconds(1000);
  const auto pages = settled({{0, 300}, {900, 1200}, {950, 1400}}, options);
  EXPECT_EQ(pages.back().end, milliseconds(1000));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_GT(pages[i].duration(), core::Time{}) << i;
    if (i > 0) {
      EXPECT_LE(pages[i - 1].end, pages[i].start) << i;
    }
  }
}

TEST(SettleTimes, WhereThereIsTooLittleRoomAllShareIt) {
  LayoutOptions options;
  options.end = milliseconds(100);
  const auto pages = settled({{0, 100}, {10, 100}, {20, 100}, {90, 100}}, options);
  for (const core::Span& page : pages) EXPECT_EQ(page.duration(), milliseconds(25));
  EXPECT_EQ(pages.back().end, milliseconds(100));
}

}  // namespace
}  // namespace reelwright::captions
