#include "language/bert_tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ranges>

#include "core/error.h"
#include "core/files.h"
#include "core/json.h"
#include "core/text.h"

namespace reelwright::language {

// What counts of a tokenizer.json. Named, not in an unnamed namespace: glaze reflects it.
struct TokenizerNormalizerJson {
  std::optional<bool> lowercase, strip_accents;
};

struct TokenizerTruncationJson {
  std::optional<std::int64_t> max_length;
};

struct TokenizerModelJson {
  std::optional<std::string> type;
  glz::raw_json vocab;
};

struct TokenizerJson {
  std::optional<TokenizerNormalizerJson> normalizer;
  std::optional<TokenizerTruncationJson> truncation;
  TokenizerModelJson model;
};

namespace {

constexpr std::uintmax_t largest_file = 50'000'000;
constexpr std::int64_t usual_length = 256;       // tokens; what sentence-transformers give their MiniLM
constexpr std::int64_t fewest_positions = 3;     // [CLS], one piece, [SEP]
constexpr std::int64_t most_tokens = 1'000'000;  // of a vocabulary
constexpr glz::opts lenient{.error_on_unknown_keys = false};

[[noreturn]] void refuse(const std::string& why) { throw core::Error(core::ErrorCode::invalid_input, why); }

BertTokenizer from_json(const std::string& text, std::int64_t most) {
  TokenizerJson json;
  if (glz::read<lenient>(json, text)) refuse("it is no tokenizer in JSON");
  const std::string type = json.model.type.value_or("WordPiece");
  if (type != "WordPiece")
    refuse(fmt::format("it is of the type {}, not WordPiece", core::printable(type, 40)));
  TokenNumbers vocabulary;
  if (glz::read_json(vocabulary, json.model.vocab.str)) refuse("its vocabulary is no object of numbers");
  const TokenizerNormalizerJson normalizer = json.normalizer.value_or(TokenizerNormalizerJson{});
  const bool lower_case = normalizer.lowercase.value_or(true);
  const TokenizerTruncationJson truncation = json.truncation.value_or(TokenizerTruncationJson{});
  const std::int64_t longest =
      std::clamp(truncation.max_length.value_or(usual_length), fewest_positions, most);
  return {vocabulary,
          {.lower_case = lower_case, .without_accents = normalizer.strip_accents.value_or(lower_case)},
          static_cast<std::size_t>(longest)};
}

/// [UNK] and its like are no words.
bool has_capital(std::string_view token) {
  return !token.starts_with('[') && std::ranges::any_of(token, [](char c) { return c >= 'A' && c <= 'Z'; });
}

BertTokenizer from_lines(std::string_view text, std::int64_t most) {
  TokenNumbers vocabulary;
  std::int64_t number = 0;
  for (const auto part : text | std::views::split('\n')) {
    std::string_view token(part);
    if (token.ends_with('\r')) token.remove_suffix(1);
    if (number >= most_tokens) refuse("it has too many lines");
    vocabulary.insert_or_assign(std::string(token), number++);
  }
  if (text.ends_with('\n')) vocabulary.erase("");
  const bool tells_case = std::ranges::any_of(vocabulary | std::views::keys, has_capital);
  return {vocabulary,
          {.lower_case = !tells_case, .without_accents = !tells_case},
          static_cast<std::size_t>(std::min(usual_length, most))};
}

}  // namespace

BertTokenizer BertTokenizer::load(const std::filesystem::path& file, std::int64_t most) {
  const std::string text = core::read_file(file, largest_file);
  try {
    return file.extension() == ".json" ? from_json(text, most) : from_lines(text, most);
  } catch (const core::Error& error) {
    throw core::Error(
        error.code(),
        fmt::format("{} cannot be used with the model of EMBEDDER_MODEL: {}. Put the model's own "
                    "tokenizer.json or vocab.txt there, or choose a model with a WordPiece "
                    "tokenizer.",
                    core::printable(file.string()), error.what()),
        error.details());
  }
}

std::vector<std::int64_t> BertTokenizer::encode(std::string_view text) const {
  std::vector<std::int64_t> numbers{pieces_.cls()};
  for (const std::string& word : bert_words(text, spelling_)) {
    if (numbers.size() >= longest_) break;
    pieces_.split(word, numbers);
  }
  numbers.resize(std::min(numbers.size(), longest_ - 1));
  numbers.push_back(pieces_.sep());
  return numbers;
}

}  // namespace reelwright::language
