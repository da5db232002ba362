#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "language/text_embedder.h"

namespace reelwright::language {

/// What all embedders have in common: the texts that they see are clean and no longer than `longest_text`,
/// each comes once, and in batches of about one length; what they make of them is held to be numbers and
/// scaled to length 1.
class BatchEmbedder : public TextEmbedder {
 public:
  static constexpr std::size_t longest_text =
      8000;  ///< bytes; fewer tokens than the longest that servers take

  Embeddings embed(const std::vector<std::string>& texts, const core::Context& context = {}) final;

 private:
  /// The most texts at a time, at least 1.
  virtual std::size_t batch_size() const = 0;

  /// A vector of any length for each text, in order.
  virtual Embeddings embed_batch(std::span<const std::string> texts, const std::stop_token& stop) = 0;
};

}  // namespace reelwright::language
