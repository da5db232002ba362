#pragma once

#include <llama.h>

#include <memory>
#include <span>
#include <vector>

#include "core/context.h"
#include "language/llama_file.h"

namespace reelwright::language {

/// One text that a model reads, and writes on. Not thread-safe. What it makes of the text depends on the text
/// alone, never on the number of threads.
class LlamaSession {
 public:
  /// Room for `tokens`. Throws `unavailable` where memory is short. `file` outlives it.
  LlamaSession(const LlamaFile& file, std::size_t tokens, const core::Context& context);
  LlamaSession(const LlamaSession&) = delete;
  LlamaSession& operator=(const LlamaSession&) = delete;

  /// Reads on. Throws `cancelled` within a second, after which the session is of no use, and `internal`.
  void read(std::span<const llama_token> tokens, const core::Context& context);

  /// How likely each word of the vocabulary comes next, as logits.
  std::span<const float> next() const;

 private:
  struct Free {
    void operator()(llama_context* context) const { ::llama_free(context); }
  };
  const LlamaFile& file_;
  std::stop_token stop_;  // of the reading that is under way
  std::unique_ptr<llama_context, Free> context_;
};

}  // namespace reelwright::language
