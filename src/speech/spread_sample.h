#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace reelwright::speech {

/// Keeps at most `most` items of a stream of any length, evenly spread over all that came: each, then every
/// second one, every fourth, and so on.
template <class Item>
class SpreadSample {
 public:
  /// `most` is at least 2.
  explicit SpreadSample(std::size_t most) : most_(most) {}

  void add(Item item) {
    if (seen_++ % step_ != 0) return;
    if (kept_.size() == most_) thin_out();
    // The one that comes may itself be between two steps by now.
    if ((seen_ - 1) % step_ == 0) kept_.push_back(std::move(item));
  }

  const std::vector<Item>& items() const { return kept_; }

 private:
  void thin_out() {
    for (std::size_t i = 1; 2 * i < kept_.size(); ++i) kept_[i] = std::move(kept_[2 * i]);
    kept_.resize((kept_.size() + 1) / 2);
    step_ *= 2;
  }

  std::size_t most_;
  std::size_t step_ = 1;
  std::size_t seen_ = 0;
  std::vector<Item> kept_;
};

}  // namespace reelwright::speech
