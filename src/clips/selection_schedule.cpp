#include "clips/selection_schedule.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

namespace reelwright::clips {

namespace {

constexpr auto none = std::numeric_limits<std::uint32_t>::max();
constexpr double never = -std::numeric_limits<double>::infinity();

/// The best schedule that ends in a slot; `slot` is none for the empty schedule.
struct Best {
  double value = never;
  std::uint32_t slot = none;
};

class Scheduler {
 public:
  Scheduler(const std::vector<Slot>& slots, double repeat_price)
      : slots_(slots), price_(repeat_price), by_end_(slots.size()) {
    std::iota(by_end_.begin(), by_end_.end(), 0U);
    std::ranges::stable_sort(by_end_, {}, [&](std::uint32_t i) { return slots_[i].end; });
    units_ = slots.empty() ? 0 : slots_[by_end_.back()].end;
    // Ends whose last topic is below t come before those of t: topics run along the line.
    const auto topics = slots.empty() ? 0 : 1 + std::ranges::max(slots, {}, &Slot::last_topic).last_topic;
    last_end_below_.assign(topics + 1, 0);
    for (const auto& slot : slots_) {
      last_end_below_[slot.last_topic + 1] = std::max(last_end_below_[slot.last_topic + 1], slot.end);
    }
    std::partial_sum(last_end_below_.begin(), last_end_below_.end(), last_end_below_.begin(),
                     [](std::size_t a, std::size_t b) { return std::max(a, b); });
  }

  std::vector<std::size_t> run(std::size_t count) {
    before_.assign(units_ + 1, Best{0, none});  // nothing chosen yet
    Best best{0, none};
    std::size_t best_round = 0;
    for (std::size_t round = 0; round < count; ++round) {
      const auto last = one_more();
      if (last.slot == none) break;  // no room for so many
      if (last.value <= best.value)
        continue;  // yet one more may pay: three short ones can beat one long one and any two
      best = last;
      best_round = round;
    }
    std::vector<std::size_t> chosen;
    for (auto slot = best.slot, round = static_cast<std::uint32_t>(best_round); slot != none;
         slot = from_[round--][slot]) {
      chosen.push_back(slot);
    }
    std::ranges::reverse(chosen);
    return chosen;
  }

 private:
  /// Adds one slot to every schedule of `before_` (best by end) and puts the result in its place.
  Best one_more() {
    auto& from = from_.emplace_back(slots_.size(), none);
    std::vector<Best> at_end(units_ + 1);
    Best best;
    for (const auto i : by_end_) {
      const auto& slot = slots_[i];
      const auto fresh = before_[std::min(slot.begin, last_end_below_[slot.first_topic])];
      const auto repeated = before_[slot.begin];
      const bool is_first = from_.size() == 1;
      const bool repeat = !is_first && repeated.value - price_ > fresh.value;
      const auto& previous = repeat ? repeated : fresh;
      if (previous.value == never) continue;
      const double value = previous.value - (repeat ? price_ : 0) + slot.value;
      from[i] = previous.slot;
      if (value > at_end[slot.end].value) at_end[slot.end] = {value, i};
      if (value > best.value) best = {value, i};
    }
    for (std::size_t unit = 1; unit <= units_; ++unit) {
      if (at_end[unit].value <= at_end[unit - 1].value) at_end[unit] = at_end[unit - 1];
    }
    before_ = std::move(at_end);
    return best;
  }

  const std::vector<Slot>& slots_;
  double price_;
  std::vector<std::uint32_t> by_end_;
  std::size_t units_ = 0;
  std::vector<std::size_t> last_end_below_;  // [t]: the last end of a slot whose last topic is below t
  std::vector<Best> before_;                 // [u]: the best schedule so far that ends at or before unit u
  std::vector<std::vector<std::uint32_t>> from_;
};

}  // namespace

std::vector<std::size_t> best_schedule(const std::vector<Slot>& slots, std::size_t count,
                                       double repeat_price) {
  return Scheduler(slots, repeat_price).run(count);
}

}  // namespace reelwright::clips
