#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "language/lexer.h"
#include "language/line.h"

namespace reelwright::language {

/// How well runs of lines hold together, as the logarithm of a probability. May keep scratch memory: one
/// thread at a time.
class Cohesion {
 public:
  virtual ~Cohesion() = default;

  /// out[n] = that of lines [first, first + n), for n = 0 ... longest (or to the end of the text).
  virtual void from(std::size_t first, std::size_t longest, std::vector<double>& out) = 0;
};

/// What the lines are about, as numbers: one id per content word, in order.
struct StemCounts {
  std::vector<std::vector<std::uint32_t>> lines;
  std::vector<std::uint32_t> frequency;  ///< of each id in the whole text
  std::size_t total = 0;                 ///< content words in the whole text
};

StemCounts count_stems(const std::vector<Line>& lines, const Lexer& lexer);

/// By words: the log probability of a run's content words under a Dirichlet compound multinomial of its own
/// (Eisenstein & Barzilay 2008), where a word that came before in the run is likelier to come again. The
/// prior of a word is half uniform (Utiyama & Isahara 2001) and half its frequency in the whole text, so that
/// words which are everywhere bind little. Time of `from`: one logarithm a content word.
class WordCohesion final : public Cohesion {
 public:
  explicit WordCohesion(const StemCounts& counts);

  void from(std::size_t first, std::size_t longest, std::vector<double>& out) override;

 private:
  const StemCounts& counts_;
  std::vector<double> prior_;  // of each id; they sum to prior_total_
  double prior_total_ = 0;
  std::vector<double> seen_;  // prior plus count in the run at hand
  std::vector<double> log_total_;
};

}  // namespace reelwright::language
