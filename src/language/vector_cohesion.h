#pragma once

#include <vector>

#include "language/cohesion.h"
#include "language/text_embedder.h"

namespace reelwright::language {

/// By meaning: the log probability of a run's vectors where each topic has a centre, drawn from a Gaussian,
/// and its lines lie around that in another one; the centre is integrated out (a conjugate normal model, as
/// in Bayesian change points: Barry & Hartigan 1993). How far lines spread about their topic, and topics
/// about the talk, is read from the talk: the former shows between neighbouring lines, most of which have one
/// topic. Lines that say nothing bind nothing. Time of `from`: one scalar product a line.
class VectorCohesion final : public Cohesion {
 public:
  /// Of the model: vectors of sentences fill few of their own, and neighbours are no independent witnesses.
  static constexpr double dimensions = 7;

  explicit VectorCohesion(const Embeddings& lines);

  void from(std::size_t first, std::size_t longest, std::vector<double>& out) override;

 private:
  bool says_nothing(std::size_t line) const { return squares_[line] == 0; }

  Embeddings lines_;             // about the mean of the talk
  std::vector<double> squares_;  // the squared length of each before that; 0 where it says nothing
  double within_ = 1;            // variance of lines about their topic
  double ratio_ = 0;             // variance of topics about the talk, in the same unit
};

}  // namespace reelwright::language
