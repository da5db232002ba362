#include "language/llama_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.h"

namespace reelwright::language {

namespace {

using core::Error;
using core::ErrorCode;

constexpr float never = -std::numeric_limits<float>::infinity();
constexpr int not_text = LLAMA_TOKEN_ATTR_CONTROL | LLAMA_TOKEN_ATTR_UNKNOWN | LLAMA_TOKEN_ATTR_UNUSED;

std::vector<llama_token> words_of(const llama_vocab* vocabulary) {
  std::vector<llama_token> words;
  for (llama_token word = 0; word < ::llama_vocab_n_tokens(vocabulary); ++word)
    if (::llama_vocab_is_eog(vocabulary, word) || !(::llama_vocab_get_attr(vocabulary, word) & not_text))
      words.push_back(word);
  return words;
}

/// Takes from the words those that do not fit; their likelihood is `never` then.
void constrain(llama_sampler* grammar, std::span<llama_token_data> words) {
  llama_token_data_array array{.data = words.data(), .size = words.size(), .selected = -1, .sorted = false};
  ::llama_sampler_apply(grammar, &array);
}

}  // namespace

LlamaWriter::LlamaWriter(const LlamaFile& file, const std::string& grammar)
    : vocabulary_(file.vocabulary()),
      grammar_(::llama_sampler_init_grammar(vocabulary_, grammar.c_str(), "root")),
      words_(words_of(vocabulary_)) {
  if (!grammar_) throw Error(ErrorCode::internal, "llama.cpp does not take a grammar.", grammar);
}

bool LlamaWriter::is_let_through(llama_token token) const {
  llama_token_data word{.id = token, .logit = 0, .p = 0};
  constrain(grammar_.get(), {&word, 1});
  return word.logit != never;
}

std::optional<llama_token> LlamaWriter::likeliest_of_all(std::span<const float> likelihoods) const {
  std::vector<llama_token_data> words;
  words.reserve(words_.size());
  for (const llama_token word : words_)
    if (const float likelihood = likelihoods[static_cast<std::size_t>(word)]; std::isfinite(likelihood))
      words.push_back({.id = word, .logit = likelihood, .p = 0});
  constrain(grammar_.get(), words);
  const auto best = std::ranges::max_element(words, {}, &llama_token_data::logit);
  return best == words.end() || best->logit == never ? std::nullopt : std::optional(best->id);
}

std::string LlamaWriter::piece_of(llama_token token) const {
  std::string piece(64, '\0');
  const auto put = [&] {
    return ::llama_token_to_piece(vocabulary_, token, piece.data(), static_cast<std::int32_t>(piece.size()),
                                  /*lstrip=*/0, /*special=*/true);
  };
  std::int32_t size = put();
  if (size < 0) {
    piece.resize(static_cast<std::size_t>(-size));
    size = put();
  }
  piece.resize(static_cast<std::size_t>(std::max(0, size)));
  return piece;
}

std::optional<llama_token> LlamaWriter::choose(std::span<const float> likelihoods) {
  // Mostly the likeliest word fits, and to ask about it alone is quick.
  const auto at = [&](llama_token word) { return likelihoods[static_cast<std::size_t>(word)]; };
  std::optional<llama_token> chosen;
  if (const auto best = std::ranges::max_element(words_, {}, at); best != words_.end()) chosen = *best;
  if (chosen && !is_let_through(*chosen)) chosen = likeliest_of_all(likelihoods);
  ended_ = chosen && ::llama_vocab_is_eog(vocabulary_, *chosen);
  if (!chosen || ended_) return {};
  ::llama_sampler_accept(grammar_.get(), *chosen);
  text_ += piece_of(*chosen);
  return chosen;
}

}  // namespace reelwright::language
