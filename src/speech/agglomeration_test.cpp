#include "speech/agglomeration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace reelwright::speech {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Groups = std::set<std::set<std::size_t>>;

Direction at_angle(double degrees) {
  const double angle = degrees * 0.017453292519943295;
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

Direction random_direction(std::mt19937& random, std::size_t dimensions) {
  std::normal_distribution<float> normal;
  Direction direction(dimensions);
  for (float& value : direction) value = normal(random);
  const float length =
      std::sqrt(std::inner_product(direction.begin(), direction.end(), direction.begin(), 0.0F));
  for (float& value : direction) value /= length;
  return direction;
}

/// Every pair of every two groups, again and again.
Groups by_brute_force(const std::vector<Direction>& directions, const JoinLimits& limits) {
  std::vector<std::set<std::size_t>> groups;
  for (std::size_t i = 0; i < directions.size(); ++i) groups.push_back({i});
  const auto average = [&](const std::set<std::size_t>& a, const std::set<std::size_t>& b) {
    double sum = 0;
    for (const std::size_t i : a)
      for (const std::size_t j : b)
        sum += 1 - std::inner_product(directions[i].begin(), directions[i].end(), directions[j].begin(), 0.0);
    return sum / static_cast<double>(a.size() * b.size());
  };
  while (groups.size() > limits.fewest) {
    double least = 3;
    std::pair<std::size_t, std::size_t> pair;
    for (std::size_t a = 0; a < groups.size(); ++a)
      for (std::size_t b = a + 1; b < groups.size(); ++b)
        if (const double far = average(groups[a], groups[b]); far < least) least = far, pair = {a, b};
    if (least > limits.farthest && groups.size() <= limits.most) break;
    groups[pair.first].merge(groups[pair.second]);
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(pair.second));
  }
  return {groups.begin(), groups.end()};
}

Groups as_sets(const std::vector<std::size_t>& labels) {
  std::vector<std::set<std::size_t>> groups;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= groups.size()) groups.resize(labels[i] + 1);
    groups[labels[i]].insert(i);
  }
  return {groups.begin(), groups.end()};
}

TEST(Agglomeration, JoinsWhatIsNear) {
  const std::vector<Direction> directions{at_angle(0), at_angle(90), at_angle(10), at_angle(100),
                                          at_angle(5)};
  EXPECT_THAT(agglomerate(directions, {.farthest = 0.2}, {}), ElementsAre(0, 1, 0, 1, 0));
  EXPECT_THAT(agglomerate(directions, {.farthest = 0}, {}), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(agglomerate(directions, {.farthest = 2}, {}), ElementsAre(0, 0, 0, 0, 0));
}

TEST(Agglomeration, NothingAndOneAreFine) {
  EXPECT_THAT(agglomerate({}, {}, {}), IsEmpty());
  EXPECT_THAT(agglomerate({at_angle(3)}, {}, {}), ElementsAre(0));
}

TEST(Agglomeration, EqualDirectionsBelongTogether) {
  const std::vector<Direction> directions(7, at_angle(30));
  EXPECT_THAT(agglomerate(directions, {.farthest = 1e-6}, {}), ElementsAre(0, 0, 0, 0, 0, 0, 0));
}

TEST(Agglomeration, ANumberThatIsGivenIsKept) {
  const std::vector<Direction> directions{at_angle(0), at_angle(4), at_angle(50), at_angle(120),
                                          at_angle(121)};
  for (std::size_t count = 1; count <= 5; ++count) {
    const auto labels = agglomerate(directions, {.farthest = 0.1, .most = count, .fewest = count}, {});
    EXPECT_EQ(as_sets(labels).size(), count);
  }
  EXPECT_THAT(agglomerate(directions, {.most = 9, .fewest = 9}, {}), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Agglomeration, IsWhatTryingAllPairsFinds) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<Direction> directions;
    const std::size_t count = 1 + random() % 14;
    for (std::size_t i = 0; i < count; ++i) directions.push_back(random_direction(random, 4));
    const JoinLimits limits = round % 3 == 0
                                  ? JoinLimits{.farthest = 2, .most = 3, .fewest = 3}
                                  : JoinLimits{.farthest = 0.1 * static_cast<double>(random() % 18)};
    EXPECT_EQ(as_sets(agglomerate(directions, limits, {})), by_brute_force(directions, limits)) << round;
  }
}

TEST(Agglomeration, ThousandsAreJoinedByThousands) {
  std::mt19937 random(2);
  std::vector<Direction> middles;
  for (int i = 0; i < 5; ++i) middles.push_back(random_direction(random, 32));
  std::vector<Direction> directions;
  std::vector<std::size_t> truth;
  for (std::size_t i = 0; i < 5000; ++i) {
    truth.push_back(i < 5 ? i : random() % 5);
    Direction direction = middles[truth.back()];
    const Direction noise = random_direction(random, 32);
    for (std::size_t k = 0; k < 32; ++k) direction[k] = 0.9F * direction[k] + 0.4F * noise[k];
    const float length =
        std::sqrt(std::inner_product(direction.begin(), direction.end(), direction.begin(), 0.0F));
    for (float& value : direction) value /= length;
    directions.push_back(std::move(direction));
  }
  EXPECT_EQ(agglomerate(directions, {.farthest = 0.5}, {}), truth);
  EXPECT_EQ(agglomerate(directions, {.most = 5, .fewest = 5}, {}), truth);
}

TEST(Agglomeration, ThousandsThatAreAllFarApartComeToAnEnd) {
  std::mt19937 random(4);
  std::vector<Direction> directions;
  for (std::size_t i = 0; i < 2500; ++i) directions.push_back(random_direction(random, 64));
  EXPECT_LE(as_sets(agglomerate(directions, {.farthest = 0.01}, {})).size(), 1000U);
}

TEST(Agglomeration, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  try {
    agglomerate({at_angle(0), at_angle(1)}, {}, {.stop = stop.get_token(), .progress = {}});
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace reelwright::speech
