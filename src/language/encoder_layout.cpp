#include "language/encoder_layout.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <vector>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::language {

namespace {

using inference::TensorFacts;

constexpr std::array inputs{"input_ids", "attention_mask", "token_type_ids"};
constexpr std::int64_t fewest_tokens = 3;  // [CLS], one piece, [SEP]
constexpr std::size_t needed = 2;          // the first so many
// The surest first; a model that calls its only output otherwise is read by its shape.
constexpr std::array outputs{"sentence_embedding", "last_hidden_state", "token_embeddings"};

std::string names_of(const std::vector<TensorFacts>& facts) {
  return fmt::format("{}", fmt::join(facts | std::views::transform([](const TensorFacts& one) {
                                       return core::printable(one.name, 40);
                                     }),
                                     ", "));
}

bool has(const std::vector<TensorFacts>& facts, const char* name) {
  return std::ranges::contains(facts, name, &TensorFacts::name);
}

void check_inputs(const inference::OnnxSession& model) {
  const bool is_whole = std::ranges::all_of(inputs | std::views::take(needed),
                                            [&](const char* name) { return has(model.inputs(), name); });
  const bool is_all = std::ranges::all_of(
      model.inputs(), [](const TensorFacts& facts) { return std::ranges::contains(inputs, facts.name); });
  if (!is_whole || !is_all)
    refuse_encoder(
        model, fmt::format("its inputs are {}, not {}", names_of(model.inputs()), fmt::join(inputs, ", ")));
  for (const TensorFacts& facts : model.inputs())
    if (facts.type != "int64" || facts.shape.size() != 2)
      refuse_encoder(model, fmt::format("its input {} is {} of {}, not texts x tokens of int64", facts.name,
                                        inference::text_of(facts.shape), facts.type));
}

const TensorFacts& output_of(const inference::OnnxSession& model) {
  for (const char* name : outputs)
    if (const auto found = std::ranges::find(model.outputs(), name, &TensorFacts::name);
        found != model.outputs().end())
      return *found;
  if (model.outputs().size() == 1) return model.outputs().front();
  refuse_encoder(model, fmt::format("its outputs are {}, none of {}", names_of(model.outputs()),
                                    fmt::join(outputs, ", ")));
}

std::optional<std::int64_t> fixed(std::int64_t side) { return side < 0 ? std::nullopt : std::optional(side); }

}  // namespace

void refuse_encoder(const inference::OnnxSession& model, const std::string& why) {
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("The model {} is no encoder of sentences that can be used: {}. Set EMBEDDER_MODEL "
                  "to a BERT-type model such as all-minilm-l6-v2.",
                  core::printable(model.file().string()), why));
}

EncoderLayout encoder_layout(const inference::OnnxSession& model) {
  check_inputs(model);
  const inference::Shape& in = std::ranges::find(model.inputs(), inputs[0], &TensorFacts::name)->shape;
  const TensorFacts& out = output_of(model);
  if (out.type != "float" || (out.shape.size() != 2 && out.shape.size() != 3))
    refuse_encoder(model,
                   fmt::format("its output {} is {} of {}, not texts x tokens x width of float",
                               core::printable(out.name, 40), inference::text_of(out.shape), out.type));
  EncoderLayout layout{.takes_types = has(model.inputs(), inputs[2]),
                       .output = out.name,
                       .is_pooled = out.shape.size() == 2,
                       .batch = fixed(in[0]),
                       .tokens = fixed(in[1])};
  if (layout.tokens.value_or(fewest_tokens) < fewest_tokens)
    refuse_encoder(model, fmt::format("it takes {} tokens of a text", *layout.tokens));
  if (layout.batch.value_or(1) != 1)
    refuse_encoder(model, fmt::format("it takes {} texts at a time, not any number or one", *layout.batch));
  return layout;
}

}  // namespace reelwright::language
