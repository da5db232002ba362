#pragma once

#include <llama.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "language/llama_file.h"

namespace reelwright::language {

/// Chooses an answer word by word: each time the likeliest of those that a grammar lets through.
class LlamaWriter {
 public:
  /// Throws `internal` for a grammar that is none. `file` outlives it.
  LlamaWriter(const LlamaFile& file, const std::string& grammar);

  /// The next word by its likelihoods; nothing where the answer is at its end.
  std::optional<llama_token> choose(std::span<const float> likelihoods);

  /// Whether the model ended the answer; else it came to nothing that fits.
  bool ended() const { return ended_; }

  /// All that was chosen. Words may be single bytes, so at the hands of a bad model it may be no UTF-8.
  const std::string& text() const { return text_; }

 private:
  struct Free {
    void operator()(llama_sampler* sampler) const { ::llama_sampler_free(sampler); }
  };

  bool is_let_through(llama_token token) const;
  std::optional<llama_token> likeliest_of_all(std::span<const float> likelihoods) const;
  std::string piece_of(llama_token token) const;

  const llama_vocab* const vocabulary_;
  std::unique_ptr<llama_sampler, Free> grammar_;
  std::vector<llama_token> words_;  // that may be written at all: no marks of turns, but those of the end
  std::string text_;
  bool ended_ = false;
};

}  // namespace reelwright::language
