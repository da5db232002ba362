#include "clips/selection_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace reelwright::clips {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The value of choosing these slots, or nothing where they overlap.
std::optional<double> value_of(const std::vector<Slot>& slots, const std::vector<std::size_t>& chosen,
                               double price) {
  double sum = 0;
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const auto& slot = slots[chosen[k]];
    sum += slot.value;
    if (k == 0) continue;
    const auto& before = slots[chosen[k - 1]];
    if (slot.begin < before.end) return std::nullopt;
    if (slot.first_topic == before.last_topic) sum -= price;
  }
  return sum;
}

double best_by_trying(const std::vector<Slot>& slots, std::size_t count, double price) {
  double best = 0;
  for (std::uint32_t mask = 0; mask < 1U << slots.size(); ++mask) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (mask >> i & 1U) chosen.push_back(i);
    }
    if (chosen.size() > count) continue;
    std::ranges::stable_sort(chosen, {}, [&](std::size_t i) { return slots[i].end; });
    if (const auto value = value_of(slots, chosen, price)) best = std::max(best, *value);
  }
  return best;
}

std::vector<Slot> random_slots(std::mt19937& random) {
  constexpr std::size_t units = 14;
  std::vector<std::size_t> topic(units, 0);
  for (std::size_t unit = 1; unit < units; ++unit)
    topic[unit] = topic[unit - 1] + (random() % 4 == 0 ? 1 : 0);
  std::vector<Slot> slots(11);
  for (auto& slot : slots) {
    slot.begin = random() % units;
    slot.end = std::min(units, slot.begin + 1 + random() % 5);
    slot.first_topic = topic[slot.begin];
    slot.last_topic = topic[slot.end - 1];
    slot.value = static_cast<double>(random() % 100) / 100 - 0.15;
  }
  std::ranges::sort(slots, [](const Slot& a, const Slot& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  return slots;
}

/// What a simple program does: the best left that fits, again and again.
std::vector<std::size_t> greedy(const std::vector<Slot>& slots, std::size_t count) {
  std::vector<std::size_t> order(slots.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return slots[i].value; });
  std::vector<std::size_t> chosen;
  for (const auto i : order) {
    const bool free = std::ranges::all_of(chosen, [&](std::size_t other) {
      return slots[i].begin >= slots[other].end || slots[other].begin >= slots[i].end;
    });
    if (free && chosen.size() < count && slots[i].value > 0) chosen.push_back(i);
  }
  std::ranges::sort(chosen);
  return chosen;
}

TEST(BestSchedule, IsTheBestOfAllSets) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 300; ++trial) {
    const auto slots = random_slots(random);
    for (const std::size_t count : {1UZ, 2UZ, 3UZ, 5UZ, 20UZ}) {
      for (const double price : {0.0, 0.1, 0.6}) {
        const auto chosen = best_schedule(slots, count, price);
        EXPECT_LE(chosen.size(), count);
        const auto value = value_of(slots, chosen, price);
        EXPECT_NEAR(value.value_or(-1e9), best_by_trying(slots, count, price), 1e-12);
      }
    }
  }
}

TEST(BestSchedule, IsNeverWorseThanGreedyAndOftenBetter) {
  std::mt19937 random(5);
  int better = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const auto slots = random_slots(random);
    const double best = value_of(slots, best_schedule(slots, 4, 0), 0).value_or(-1e9);
    const double simple = value_of(slots, greedy(slots, 4), 0).value_or(-1e9);
    EXPECT_GE(best, simple - 1e-12);
    if (best > simple + 1e-9) ++better;
  }
  EXPECT_GT(better, 20);
}

TEST(BestSchedule, ThreeShortOnesCanBeatOneLongOneThatBeatsAnyTwo) {
  const std::vector<Slot> slots = {{0, 2, 0, 0, 2}, {0, 6, 0, 2, 5}, {2, 4, 1, 1, 2}, {4, 6, 2, 2, 2}};
  EXPECT_THAT(best_schedule(slots, 3, 0), ElementsAre(0, 2, 3));
  EXPECT_THAT(best_schedule(slots, 2, 0), ElementsAre(1));
}

TEST(BestSchedule, PrefersAnotherTopicWhereItIsNearlyAsGood) {
  const std::vector<Slot> slots = {{0, 1, 0, 0, 1.0}, {1, 2, 0, 0, 0.9}, {2, 3, 1, 1, 0.85}};
  EXPECT_THAT(best_schedule(slots, 2, 0), ElementsAre(0, 1));
  EXPECT_THAT(best_schedule(slots, 2, 0.1), ElementsAre(0, 2));
}

TEST(BestSchedule, TiesGoToTheEarlier) {
  const std::vector<Slot> slots = {{0, 2, 0, 0, 1}, {1, 3, 0, 0, 1}, {2, 4, 0, 0, 1}, {5, 6, 0, 0, 1}};
  EXPECT_THAT(best_schedule(slots, 1, 0), ElementsAre(0));
  EXPECT_THAT(best_schedule(slots, 2, 0), ElementsAre(0, 2));
}

TEST(BestSchedule, ChoosesNothingThatIsNotWorthIt) {
  EXPECT_THAT(best_schedule({}, 5, 0), IsEmpty());
  EXPECT_THAT(best_schedule({{0, 1, 0, 0, -0.1}, {1, 2, 0, 0, 0}}, 5, 0), IsEmpty());
}

}  // namespace
}  // namespace reelwright::clips
