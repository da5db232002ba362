#include "inference/whisper_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace reelwright::inference {

namespace {

// English models, multilingual ones, and those since large-v3.
constexpr std::array<std::uint32_t, 3> vocabularies{51864, 51865, 51866};
constexpr std::uint32_t whole_context = 1500;  // 30 s of sound; whisper.cpp aligns over no other
constexpr std::uint32_t shortest_text = 64;
constexpr std::uint32_t longest_text = 4096;
constexpr std::uint32_t widest_state = 8192;
constexpr std::uint32_t most_layers = 256;

/// Names the tensors of one stack of layers.
class Stack {
 public:
  Stack(std::vector<GgmlTensor>& into, std::string prefix, std::uint32_t state, std::uint32_t large)
      : into_(into), prefix_(std::move(prefix)), state_(state), large_(large) {}

  void add(std::string_view name, std::array<std::uint32_t, 4> size, std::uint32_t type = ggml_float32) {
    into_.push_back({prefix_ + std::string(name), size, type});
  }
  void norm(std::string_view name) {
    add(fmt::format("{}.weight", name), {state_, 1, 1, 1});
    add(fmt::format("{}.bias", name), {state_, 1, 1, 1});
  }
  void linear(std::string_view name, std::uint32_t from, std::uint32_t to, bool bias = true) {
    add(fmt::format("{}.weight", name), {from, to, 1, 1}, large_);
    if (bias) add(fmt::format("{}.bias", name), {to, 1, 1, 1});
  }
  void attention(std::string_view name) {
    norm(fmt::format("{}_ln", name));
    linear(fmt::format("{}.query", name), state_, state_);
    linear(fmt::format("{}.key", name), state_, state_, false);
    linear(fmt::format("{}.value", name), state_, state_);
    linear(fmt::format("{}.out", name), state_, state_);
  }
  void perceptron() {
    norm("mlp_ln");
    linear("mlp.0", state_, 4 * state_);
    linear("mlp.2", 4 * state_, state_);
  }

 private:
  std::vector<GgmlTensor>& into_;
  std::string prefix_;
  std::uint32_t state_;
  std::uint32_t large_;
};

void add_encoder(std::vector<GgmlTensor>& tensors, const WhisperShape& shape, std::uint32_t large) {
  const std::uint32_t state = shape.audio_state;
  const std::uint32_t convolution = large == ggml_float32 ? ggml_float32 : ggml_float16;
  Stack encoder(tensors, "encoder.", state, large);
  encoder.add("positional_embedding", {state, shape.audio_context, 1, 1});
  encoder.add("conv1.weight", {3, shape.mels, state, 1}, convolution);
  encoder.add("conv1.bias", {1, state, 1, 1});
  encoder.add("conv2.weight", {3, state, state, 1}, convolution);
  encoder.add("conv2.bias", {1, state, 1, 1});
  encoder.norm("ln_post");
  for (std::uint32_t layer = 0; layer < shape.audio_layers; ++layer) {
    Stack block(tensors, fmt::format("encoder.blocks.{}.", layer), state, large);
    block.attention("attn");
    block.perceptron();
  }
}

void add_decoder(std::vector<GgmlTensor>& tensors, const WhisperShape& shape, std::uint32_t large) {
  const std::uint32_t state = shape.text_state;
  Stack decoder(tensors, "decoder.", state, large);
  decoder.add("positional_embedding", {state, shape.text_context, 1, 1});
  decoder.add("token_embedding.weight", {state, shape.words, 1, 1}, large);
  decoder.norm("ln");
  for (std::uint32_t layer = 0; layer < shape.text_layers; ++layer) {
    Stack block(tensors, fmt::format("decoder.blocks.{}.", layer), state, large);
    block.attention("attn");
    block.attention("cross_attn");
    block.perceptron();
  }
}

bool within(std::uint32_t value, std::uint32_t least, std::uint32_t most) {
  return value >= least && value <= most;
}

}  // namespace

std::string shape_problem(const WhisperShape& shape) {
  if (!std::ranges::contains(vocabularies, shape.words))
    return fmt::format("with a vocabulary of {} words, which no Whisper has", shape.words);
  if (shape.audio_context != whole_context)
    return fmt::format("that hears {} frames at a time instead of {}", shape.audio_context, whole_context);
  if (!within(shape.audio_state, 1, widest_state) || shape.text_state != shape.audio_state)
    return fmt::format("with states of {} and {} numbers", shape.audio_state, shape.text_state);
  for (const std::uint32_t heads : {shape.audio_heads, shape.text_heads})
    if (!within(heads, 1, shape.audio_state) || shape.audio_state % heads != 0)
      return fmt::format("with {} attention heads over {} numbers", heads, shape.audio_state);
  for (const std::uint32_t layers : {shape.audio_layers, shape.text_layers})
    if (!within(layers, 1, most_layers)) return fmt::format("with {} layers", layers);
  if (!within(shape.text_context, shortest_text, longest_text))
    return fmt::format("that writes {} words at a time", shape.text_context);
  if (shape.mels != 80 && shape.mels != 128) return fmt::format("with {} bands of sound", shape.mels);
  const GgmlStorage* storage = storage_of(shape.file_type);
  if (!storage) return fmt::format("stored in a way that is not known here (ggml's {})", shape.file_type);
  if (shape.audio_state % storage->length != 0)
    return fmt::format("with states of {} numbers in blocks of {}", shape.audio_state, storage->length);
  return {};
}

std::vector<GgmlTensor> whisper_tensors(const WhisperShape& shape) {
  std::vector<GgmlTensor> tensors;
  const std::uint32_t large = storage_of(shape.file_type)->type;
  add_encoder(tensors, shape, large);
  add_decoder(tensors, shape, large);
  return tensors;
}

}  // namespace reelwright::inference
