#include "language/cohesion.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

namespace reelwright::language {

namespace {

constexpr double concentration = 2.0;    // of the Dirichlet prior, a word type
constexpr double frequency_share = 0.5;  // of the prior that follows the word's frequency in the whole text

}  // namespace

StemCounts count_stems(const std::vector<Line>& lines, const Lexer& lexer) {
  StemCounts counts;
  std::unordered_map<std::string, std::uint32_t> ids;
  counts.lines.reserve(lines.size());
  for (const auto& line : lines) {
    auto& row = counts.lines.emplace_back();
    for (auto& stem : lexer.content_stems(line.text)) {
      const auto id = ids.try_emplace(std::move(stem), static_cast<std::uint32_t>(ids.size())).first->second;
      if (id == counts.frequency.size()) counts.frequency.push_back(0);
      ++counts.frequency[id];
      row.push_back(id);
    }
    counts.total += row.size();
  }
  return counts;
}

WordCohesion::WordCohesion(const StemCounts& counts) : counts_(counts) {
  const auto types = static_cast<double>(counts.frequency.size());
  prior_total_ = concentration * types;
  prior_.reserve(counts.frequency.size());
  for (const auto frequency : counts.frequency) {
    const double relative = frequency / static_cast<double>(counts.total);
    prior_.push_back(concentration * (1 - frequency_share + frequency_share * types * relative));
  }
  seen_ = prior_;
  log_total_.reserve(counts.total);
  for (std::size_t n = 0; n < counts.total; ++n)
    log_total_.push_back(std::log(prior_total_ + static_cast<double>(n)));
}

void WordCohesion::from(std::size_t first, std::size_t longest, std::vector<double>& out) {
  const auto end = std::min(counts_.lines.size(), first + longest);
  out.assign(1, 0.0);
  double sum = 0;
  std::size_t words = 0;
  for (auto line = first; line < end; ++line) {
    for (const auto id : counts_.lines[line]) {
      sum += std::log(seen_[id]) - log_total_[words++];
      seen_[id] += 1;
    }
    out.push_back(sum);
  }
  for (auto line = first; line < end; ++line) {
    for (const auto id : counts_.lines[line]) seen_[id] = prior_[id];
  }
}

}  // namespace reelwright::language
