#include "speech/agglomeration.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <numeric>
#include <span>
#include <utility>

namespace reelwright::speech {

namespace {

constexpr std::size_t most_at_once = 1000;

/// Directions that were joined: their sum, and how many they are.
struct Group {
  Direction sum;
  double size = 1;
};

struct Join {
  std::size_t a = 0;
  std::size_t b = 0;
  double distance = 0;
};

// Four sums, so that the compiler may use vectors without reordering one.
float dot(const Direction& a, const Direction& b) {
  std::array<float, 4> sums{};
  const std::size_t whole = a.size() / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4)
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  for (std::size_t i = whole; i < a.size(); ++i) sums[0] += a[i] * b[i];
  return sums[0] + sums[1] + sums[2] + sums[3];
}

double distance(const Group& a, const Group& b) {
  return 1 - static_cast<double>(dot(a.sum, b.sum)) / (a.size * b.size);
}

void absorb(Group& into, const Group& from) {
  for (std::size_t i = 0; i < into.sum.size(); ++i) into.sum[i] += from.sum[i];
  into.size += from.size;
}

/// All joins until one group is left, in no order. A joined group goes on under the number of one of its
/// parts.
std::vector<Join> all_joins(std::vector<Group> groups, const core::Context& context) {
  std::vector<std::size_t> left(groups.size());
  std::iota(left.begin(), left.end(), 0U);
  std::vector<std::size_t> chain;
  std::vector<Join> joins;
  while (left.size() > 1) {
    context.check();
    if (chain.empty()) chain.push_back(left.front());
    const std::size_t last = chain.back();
    // Of equals the one before in the chain, or chains would run in circles.
    Join nearest{last, last, std::numeric_limits<double>::infinity()};
    if (chain.size() > 1)
      nearest = {last, chain[chain.size() - 2], distance(groups[last], groups[chain[chain.size() - 2]])};
    for (const std::size_t other : left) {
      if (other == last) continue;
      if (const double far = distance(groups[last], groups[other]); far < nearest.distance)
        nearest = {last, other, far};
    }
    if (chain.size() < 2 || nearest.b != chain[chain.size() - 2]) {
      chain.push_back(nearest.b);
      continue;
    }
    chain.resize(chain.size() - 2);
    absorb(groups[nearest.a], groups[nearest.b]);
    groups[nearest.b].sum = {};
    std::erase(left, nearest.b);
    joins.push_back(nearest);
  }
  return joins;
}

using Labels = std::vector<std::size_t>;

/// Numbers from 0 in order of first members.
Labels in_order(const Labels& labels) {
  std::map<std::size_t, std::size_t> numbers;
  Labels ordered;
  ordered.reserve(labels.size());
  for (const std::size_t label : labels)
    ordered.push_back(numbers.emplace(label, numbers.size()).first->second);
  return ordered;
}

Labels join_few(const std::vector<Group>& groups, const JoinLimits& limits, const core::Context& context) {
  std::vector<Join> joins = all_joins(groups, context);
  std::ranges::stable_sort(joins, {}, &Join::distance);
  Labels parents(groups.size());
  std::iota(parents.begin(), parents.end(), 0U);
  const auto root = [&](std::size_t at) {
    while (parents[at] != at) at = parents[at] = parents[parents[at]];
    return at;
  };
  std::size_t count = groups.size();
  for (const Join& join : joins) {
    if (count <= limits.fewest || (join.distance > limits.farthest && count <= limits.most)) break;
    parents[root(join.b)] = root(join.a);
    --count;
  }
  Labels labels(groups.size());
  for (std::size_t at = 0; at < labels.size(); ++at) labels[at] = root(at);
  return in_order(labels);
}

std::vector<Group> joined(std::span<const Group> groups, const Labels& labels) {
  std::vector<Group> made;
  for (std::size_t at = 0; at < groups.size(); ++at) {
    if (labels[at] == made.size())
      made.push_back(groups[at]);
    else
      absorb(made[labels[at]], groups[at]);
  }
  return made;
}

/// Joins each thousand by itself, leaving at least `limits.fewest`.
Labels join_batches(std::vector<Group>& groups, const JoinLimits& limits, const core::Context& context) {
  Labels labels;
  std::vector<Group> made;
  for (std::size_t from = 0; from < groups.size(); from += most_at_once) {
    const std::span batch = std::span(groups).subspan(from, std::min(most_at_once, groups.size() - from));
    const JoinLimits near{limits.farthest / 2, batch.size() / 2, std::min(limits.fewest, batch.size() / 2)};
    const Labels own = join_few({batch.begin(), batch.end()}, near, context);
    for (const std::size_t label : own) labels.push_back(made.size() + label);
    std::ranges::move(joined(batch, own), std::back_inserter(made));
  }
  groups = std::move(made);
  return labels;
}

}  // namespace

std::vector<std::size_t> agglomerate(const std::vector<Direction>& directions, const JoinLimits& limits,
                                     const core::Context& context) {
  std::vector<Group> groups;
  groups.reserve(directions.size());
  for (const Direction& direction : directions) groups.push_back({direction});
  Labels labels(groups.size());
  std::iota(labels.begin(), labels.end(), 0U);
  const auto follow = [&](const Labels& next) {
    for (std::size_t& label : labels) label = next[label];
  };
  while (groups.size() > most_at_once) follow(join_batches(groups, limits, context));
  follow(join_few(groups, limits, context));
  return in_order(labels);
}

}  // namespace reelwright::speech
