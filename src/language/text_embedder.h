#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/context.h"

namespace reelwright::language {

/// A vector for each of some texts, in their order.
struct Embeddings {
  std::size_t texts = 0;
  std::size_t width = 0;        ///< of each vector; 0 where no text says anything
  std::vector<float> values{};  ///< texts * width, one vector after the other

  std::span<const float> operator[](std::size_t text) const {
    return std::span(values).subspan(text * width, width);
  }
};

/// Texts as points: what means much the same lies near each other. Not thread-safe.
class TextEmbedder {
 public:
  virtual ~TextEmbedder() = default;

  /// Which model with which weights: vectors of another name mean something else.
  virtual std::string name() const = 0;

  /// Vectors of length 1; of zeros for a text that says nothing (blanks, control characters). Of a long text
  /// the beginning counts, of broken UTF-8 what is whole. The same text has the same vector wherever it
  /// stands in `texts`. Throws `too_large` where the vectors would take over 512 MiB, `invalid_input` where
  /// the model makes no vectors, naming the setting, `cancelled` within a second, and what the model's
  /// transport throws.
  virtual Embeddings embed(const std::vector<std::string>& texts, const core::Context& context = {}) = 0;
};

}  // namespace reelwright::language
