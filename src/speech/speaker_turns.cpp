#include "speech/speaker_turns.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace reelwright::speech {

namespace {

/// Something begins (1) or ends (-1).
struct Change {
  core::Time at{};
  int by = 0;
  std::optional<std::size_t> speaker{};  ///< none: a window
};

std::vector<Change> changes_of(const std::vector<Turn>& heard, const std::vector<core::Span>& windows) {
  std::vector<Change> changes;
  changes.reserve(2 * (heard.size() + windows.size()));
  for (const core::Span& window : windows) {
    changes.push_back({window.start, 1});
    changes.push_back({window.end, -1});
  }
  for (const Turn& turn : heard) {
    changes.push_back({turn.span.start, 1, turn.speaker});
    changes.push_back({turn.span.end, -1, turn.speaker});
  }
  std::ranges::sort(changes, {}, &Change::at);
  return changes;
}

class Count {
 public:
  void apply(const Change& change) {
    if (!change.speaker) {
      windows_ += change.by;
      return;
    }
    voices_ += change.by;
    int& votes = votes_[*change.speaker];
    votes += change.by;
    if (votes == 0) votes_.erase(*change.speaker);
  }

  /// Ends the turns of those who fell silent, and begins those of others.
  void settle(core::Time now) {
    std::vector<std::size_t> chosen = choice();
    for (auto open = open_.begin(); open != open_.end();) {
      if (std::ranges::contains(chosen, open->first)) {
        ++open;
        continue;
      }
      turns_.push_back({{open->second, now}, open->first});
      open = open_.erase(open);
    }
    for (const std::size_t speaker : chosen) open_.emplace(speaker, now);
  }

  std::vector<Turn> take() { return std::move(turns_); }

 private:
  std::vector<std::size_t> choice() const {
    if (windows_ <= 0) return {};
    std::vector<std::tuple<int, bool, std::size_t>> ranking;
    ranking.reserve(votes_.size());
    for (const auto& [speaker, votes] : votes_)
      ranking.emplace_back(-votes, !open_.contains(speaker), speaker);
    std::ranges::sort(ranking);
    const auto count = static_cast<std::size_t>((2 * voices_ + windows_) / (2 * windows_));  // rounded
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < std::min(count, ranking.size()); ++i)
      chosen.push_back(std::get<std::size_t>(ranking[i]));
    return chosen;
  }

  int windows_ = 0;
  int voices_ = 0;
  std::map<std::size_t, int> votes_;
  std::map<std::size_t, core::Time> open_;  ///< since when each speaks
  std::vector<Turn> turns_;
};

}  // namespace

std::vector<Turn> agree(const std::vector<Turn>& heard, const std::vector<core::Span>& windows) {
  Count count;
  const std::vector<Change> changes = changes_of(heard, windows);
  for (auto change = changes.begin(); change != changes.end();) {
    const core::Time now = change->at;
    for (; change != changes.end() && change->at == now; ++change) count.apply(*change);
    count.settle(now);
  }
  std::vector<Turn> turns = count.take();
  std::ranges::sort(turns, {}, [](const Turn& turn) { return std::tuple(turn.span.start, turn.speaker); });
  return turns;
}

}  // namespace reelwright::speech
