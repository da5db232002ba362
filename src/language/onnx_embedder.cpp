#include "language/onnx_embedder.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "core/digest.h"
#include "core/error.h"
#include "core/text.h"
#include "inference/file_digest.h"
#include "language/mean_pooling.h"

namespace reelwright::language {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_texts = 16;        // at a time; attention over 16 x 256 tokens takes some 50 MB
constexpr std::int64_t most_positions = 512;  // that a BERT model tells apart
constexpr std::size_t short_digest = 12;

/// Of both files: another tokenizer makes other vectors.
std::string name_of(const fs::path& file, const std::string& provider) {
  const std::string digest =
      core::sha256(inference::file_digest(file, {}) + inference::file_digest(tokenizer_file(file), {}));
  return fmt::format("onnx {} (sha256 {}, {})", core::printable(file.filename().string(), 100),
                     digest.substr(0, short_digest), provider);
}

/// The texts, each as long as the longest by padding, and where they are not padded.
struct Padded {
  inference::IntegerTensor numbers, mask;
};

Padded padded(const std::vector<std::vector<std::int64_t>>& texts, std::size_t tokens, std::int64_t pad) {
  const inference::Shape shape{static_cast<std::int64_t>(texts.size()), static_cast<std::int64_t>(tokens)};
  Padded made{.numbers = {shape, std::vector(texts.size() * tokens, pad)},
              .mask = {shape, std::vector<std::int64_t>(texts.size() * tokens, 0)}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto begin = static_cast<std::ptrdiff_t>(i * tokens);
    std::ranges::copy(texts[i], made.numbers.values.begin() + begin);
    std::fill_n(made.mask.values.begin() + begin, texts[i].size(), 1);
  }
  return made;
}

}  // namespace

fs::path tokenizer_file(const fs::path& file) {
  for (const std::string& own : {file.filename().string() + ".", std::string()})
    for (const char* kind : {"tokenizer.json", "vocab.txt"}) {
      fs::path place = file.parent_path() / (own + kind);
      if (std::error_code error; fs::is_regular_file(place, error)) return place;
    }
  throw core::Error(
      core::ErrorCode::not_found,
      fmt::format(
          "The model {} of EMBEDDER_MODEL has no tokenizer; put its tokenizer.json or vocab.txt beside it.",
          core::printable(file.string())));
}

OnnxEmbedder::OnnxEmbedder(const fs::path& file, const inference::OnnxOptions& options)
    : session_(inference::open_onnx(file, options)),
      layout_(encoder_layout(*session_)),
      tokenizer_(BertTokenizer::load(tokenizer_file(file), layout_.tokens.value_or(most_positions))),
      name_(name_of(file, options.provider)) {
  const WordPiece& pieces = tokenizer_.pieces();
  try {
    run({{pieces.cls(), pieces.last(), pieces.sep()}}, {});
  } catch (const core::Error& error) {
    if (error.code() != core::ErrorCode::invalid_input) throw;
    refuse_encoder(*session_, fmt::format("it fails on token {} of its tokenizer; are the two of one model?",
                                          pieces.last()));
  }
}

std::size_t OnnxEmbedder::batch_size() const { return layout_.batch ? 1 : most_texts; }

Embeddings OnnxEmbedder::run(const std::vector<std::vector<std::int64_t>>& texts,
                             const std::stop_token& stop) const {
  const auto longest = std::ranges::max(texts | std::views::transform(&std::vector<std::int64_t>::size));
  const std::size_t tokens = layout_.tokens ? static_cast<std::size_t>(*layout_.tokens) : longest;
  Padded given = padded(texts, tokens, tokenizer_.pieces().pad());
  const inference::IntegerTensor mask = given.mask;
  inference::IntegerTensors inputs;
  if (layout_.takes_types)
    inputs["token_type_ids"] = {mask.shape, std::vector<std::int64_t>(mask.values.size(), 0)};
  inputs["input_ids"] = std::move(given.numbers);
  inputs["attention_mask"] = std::move(given.mask);
  inference::Tensors outputs = session_->run({}, inputs, stop);
  inference::Tensor& made = outputs.at(layout_.output);
  const bool fits = made.shape.size() == (layout_.is_pooled ? 2U : 3U) && made.shape[0] == mask.shape[0] &&
                    (layout_.is_pooled || made.shape[1] == mask.shape[1]);
  if (!fits) refuse_encoder(*session_, fmt::format("it answered {}", inference::text_of(made.shape)));
  if (!layout_.is_pooled) return mean_pooled(made, mask);
  return {texts.size(), static_cast<std::size_t>(made.shape[1]), std::move(made.values)};
}

Embeddings OnnxEmbedder::embed_batch(std::span<const std::string> texts, const std::stop_token& stop) {
  std::vector<std::vector<std::int64_t>> numbers;
  for (const std::string& text : texts) numbers.push_back(tokenizer_.encode(text));
  return run(numbers, stop);
}

}  // namespace reelwright::language
