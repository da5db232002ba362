#include "vision/absorb.h"

#include <gtest/gtest.h>

#include <string>

namespace reelwright::vision {
namespace {

struct Run {
  core::Span span;
  char kind = 'a';
  int weight = 1;
};

// Runs of these kinds and lengths (microseconds), shortest 3, written back as "a5 b3".
std::string absorbed(const std::vector<std::pair<char, long>>& parts, int* weight = nullptr) {
  std::vector<Run> runs;
  core::Time time{};
  for (const auto& [kind, length] : parts) {
    runs.push_back({.span = {time, time + core::Time{length}}, .kind = kind});
    time += core::Time{length};
  }
  absorb_short(
      runs, core::Time{3}, [](const Run& run, const Run& next) { return run.kind == next.kind; },
      [](Run& run, const Run& next) { run.weight += next.weight; });
  std::string text;
  core::Time end{};
  for (const Run& run : runs) {
    EXPECT_EQ(run.span.start, end) << "a gap";
    end = run.span.end;
    text +=
        (text.empty() ? "" : " ") + std::string(1, run.kind) + std::to_string(run.span.duration().count());
  }
  EXPECT_EQ(end, time);
  if (weight != nullptr) *weight = runs.front().weight;
  return text;
}

TEST(AbsorbShort, WhatIsLongEnoughStays) { EXPECT_EQ(absorbed({{'a', 3}, {'b', 5}}), "a3 b5"); }

TEST(AbsorbShort, AShortOneGoesToTheOneBefore) {
  EXPECT_EQ(absorbed({{'a', 5}, {'b', 2}, {'c', 5}}), "a7 c5");
}

TEST(AbsorbShort, TheFirstGoesToTheOneAfter) { EXPECT_EQ(absorbed({{'a', 2}, {'b', 5}}), "b7"); }

TEST(AbsorbShort, TheShortestGoesFirst) {
  // Had `b` gone first, `c` would have followed it.
  EXPECT_EQ(absorbed({{'a', 5}, {'b', 2}, {'c', 1}, {'d', 5}}), "a5 b3 d5");
}

TEST(AbsorbShort, WhatWasPartedByAShortOneBecomesOne) {
  int weight = 0;
  EXPECT_EQ(absorbed({{'a', 5}, {'b', 1}, {'a', 4}}, &weight), "a10");
  EXPECT_EQ(weight, 2) << "the one absorbed is forgotten, the one joined is not";
}

TEST(AbsorbShort, OneAloneMayBeShort) {
  EXPECT_EQ(absorbed({{'a', 1}}), "a1");
  EXPECT_EQ(absorbed({{'a', 1}, {'b', 1}}), "b2");
}

}  // namespace
}  // namespace reelwright::vision
