#include "speech/windows.h"

#include <gtest/gtest.h>

#include <deque>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;

Chunk chunk(core::Time start, core::Time length, double steady = 0) {
  Chunk made;
  made.start = start;
  made.samples.assign(static_cast<std::size_t>(length.count() * sample_rate / 1'000'000), 16384);
  made.active.assign(made.samples.size() / frame_samples, true);
  made.steady = steady;
  return made;
}

Windower windower(std::deque<Chunk> chunks) {
  return {[chunks]() mutable -> std::optional<Chunk> {
            if (chunks.empty()) return {};
            Chunk next = std::move(chunks.front());
            chunks.pop_front();
            return next;
          },
          {}};
}

TEST(Windower, PacksChunksWithShortPausesBetween) {
  Windower windows = windower({chunk(10s, 5s), chunk(60s, 4s)});
  const auto window = windows.next();
  ASSERT_TRUE(window);
  EXPECT_EQ(window->samples.size(), 95U * sample_rate / 10);
  EXPECT_EQ(window->active.size(), 950U);
  EXPECT_FLOAT_EQ(window->samples[0], 0.5F);
  EXPECT_FLOAT_EQ(window->samples[52U * sample_rate / 10], 0);
  ASSERT_EQ(window->pieces.size(), 2U);
  EXPECT_EQ(window->pieces[1].start, 5500ms);
  EXPECT_EQ(window->end(), 64s);
  EXPECT_FALSE(windows.next());
}

TEST(Windower, APauseGrowsNoLonger) {
  const auto window = windower({chunk(10s, 5s), chunk(15200ms, 4s)}).next();
  EXPECT_EQ(window->pieces[1].start, 5200ms);
  EXPECT_EQ(window->duration(), 9200ms);
}

TEST(Windower, BeginsAnotherWhereAChunkDoesNotFitIn) {
  Windower windows = windower({chunk(0s, 20s), chunk(30s, 8s), chunk(40s, 19s)});
  EXPECT_EQ(windows.next()->end(), 20s);
  const auto second = windows.next();
  EXPECT_EQ(second->pieces.front().source.start, 30s);
  EXPECT_EQ(second->end(), 59s);
  EXPECT_FALSE(windows.next());
}

TEST(Windower, LeavesOutWhatHums) {
  Windower windows = windower({chunk(0s, 5s, 0.9), chunk(10s, 5s, 0.1), chunk(20s, 5s, 0.6)});
  const auto window = windows.next();
  ASSERT_EQ(window->pieces.size(), 1U);
  EXPECT_EQ(window->pieces[0].source.start, 10s);
  EXPECT_FALSE(windows.next());
}

class Times : public ::testing::Test {
 protected:
  const Window window = *windower({chunk(10s, 5s), chunk(60s, 4s)}).next();
};

TEST_F(Times, AreThoseOfTheSource) {
  EXPECT_EQ(window.at_source({1s, 2s}), (core::Span{11s, 12s}));
  EXPECT_EQ(window.at_source({6s, 7s}), (core::Span{60500ms, 61500ms}));
}

TEST_F(Times, OverAnEdgeBelongToThePieceThatHasMost) {
  EXPECT_EQ(window.at_source({4s, 5600ms}), (core::Span{14s, 15s}));
  EXPECT_EQ(window.at_source({4900ms, 6500ms}), (core::Span{60s, 61s}));
  EXPECT_EQ(window.at_source({5100ms, 5200ms}), (core::Span{15s, 15s}));
  EXPECT_EQ(window.at_source({9s, 40s}), (core::Span{63500ms, 64s}));
}

TEST(SpokenPart, LosesTheSilenceAtBothEnds) {
  Window window;
  window.active.assign(300, false);
  for (std::size_t i = 50; i < 80; ++i) window.active[i] = true;
  EXPECT_EQ(window.spoken_part({0s, 1s}), (core::Span{500ms, 800ms}));
  EXPECT_EQ(window.spoken_part({600ms, 700ms}), (core::Span{600ms, 700ms}));
  EXPECT_EQ(window.spoken_part({1s, 2s}), (core::Span{1s, 2s})) << "silence alone stays";
  EXPECT_EQ(window.spoken_part({700ms, 9s}), (core::Span{700ms, 800ms})) << "beyond the end";
}

TEST(SpokenPart, IsTheLouderSideOfAPause) {
  Window window;
  window.active.assign(300, false);
  for (std::size_t i = 0; i < 5; ++i) window.active[i] = true;  // the end of the word before
  for (std::size_t i = 100; i < 140; ++i) window.active[i] = i != 120;
  EXPECT_EQ(window.spoken_part({0s, 2s}), (core::Span{1s, 1400ms})) << "a stop within a word is no pause";
}

}  // namespace
}  // namespace reelwright::speech
