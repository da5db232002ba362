#include "inference/whisper_shape.h"

#include <fmt/format.h>

#include <algorithm>
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

constexpr std::uint32_t float32 = 0;
constexpr std::uint32_t float16 = 1;

/// How ggml stores numbers: in blocks of `length` that take `bytes`.
struct Storage {
  std::uint32_t file_type;
  std::uint32_t type;
  std::uint32_t length;
  std::uint32_t bytes;
};
constexpr std::array storages{Storage{0, float32, 1, 4}, Storage{1, float16, 1, 2},  // F32, F16
                              Storage{2, 2, 32, 18},     Storage{3, 3, 32, 20},      // Q4_0, Q4_1
                              Storage{7, 8, 32, 34},                                 // Q8_0
                              Storage{8, 6, 32, 22},     Storage{9, 7, 32, 24},      // Q5_0, Q5_1
                              Storage{10, 10, 256, 84},  Storage{11, 11, 256, 110},  // Q2_K, Q3_K
                              Storage{12, 12, 256, 144}, Storage{13, 13, 256, 176},  // Q4_K, Q5_K
                              Storage{14, 14, 256, 210}};                            // Q6_K

const Storage* storage_of(std::uint32_t file_type) {
  const auto* found = std::ranges::find(storages, file_type, &Storage::file_type);
  return found == storages.end() ? nullptr : found;
}

/// Names the tensors of one stack of layers.
class Stack {
 public:
  Stack(std::vector<WhisperTensor>& into, std::string prefix, std::uint32_t state, std::uint32_t large)
      : into_(into), prefix_(std::move(prefix)), state_(state), large_(large) {}

  void add(std::string_view name, std::array<std::uint32_t, 3> size, std::uint32_t type = float32) {
    into_.push_back({prefix_ + std::string(name), size, type});
  }
  void norm(std::string_view name) {
    add(fmt::format("{}.weight", name), {state_, 1, 1});
    add(fmt::format("{}.bias", name), {state_, 1, 1});
  }
  void linear(std::string_view name, std::uint32_t from, std::uint32_t to, bool bias = true) {
    add(fmt::format("{}.weight", name), {from, to, 1}, large_);
    if (bias) add(fmt::format("{}.bias", name), {to, 1, 1});
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
  std::vector<WhisperTensor>& into_;
  std::string prefix_;
  std::uint32_t state_;
  std::uint32_t large_;
};

void add_encoder(std::vector<WhisperTensor>& tensors, const WhisperShape& shape, std::uint32_t large) {
  const std::uint32_t state = shape.audio_state;
  const std::uint32_t convolution = large == float32 ? float32 : float16;
  Stack encoder(tensors, "encoder.", state, large);
  encoder.add("positional_embedding", {state, shape.audio_context, 1});
  encoder.add("conv1.weight", {3, shape.mels, state}, convolution);
  encoder.add("conv1.bias", {1, state, 1});
  encoder.add("conv2.weight", {3, state, state}, convolution);
  encoder.add("conv2.bias", {1, state, 1});
  encoder.norm("ln_post");
  for (std::uint32_t layer = 0; layer < shape.audio_layers; ++layer) {
    Stack block(tensors, fmt::format("encoder.blocks.{}.", layer), state, large);
    block.attention("attn");
    block.perceptron();
  }
}

void add_decoder(std::vector<WhisperTensor>& tensors, const WhisperShape& shape, std::uint32_t large) {
  const std::uint32_t state = shape.text_state;
  Stack decoder(tensors, "decoder.", state, large);
  decoder.add("positional_embedding", {state, shape.text_context, 1});
  decoder.add("token_embedding.weight", {state, shape.words, 1}, large);
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
  const Storage* storage = storage_of(shape.file_type % 1000);  // the thousands count ggml's own versions
  if (!storage) return fmt::format("stored in a way that is not known here (ggml's {})", shape.file_type);
  if (shape.audio_state % storage->length != 0)
    return fmt::format("with states of {} numbers in blocks of {}", shape.audio_state, storage->length);
  return {};
}

std::vector<WhisperTensor> whisper_tensors(const WhisperShape& shape) {
  std::vector<WhisperTensor> tensors;
  const std::uint32_t large = storage_of(shape.file_type % 1000)->type;
  add_encoder(tensors, shape, large);
  add_decoder(tensors, shape, large);
  return tensors;
}

std::uint64_t bytes_of(const WhisperTensor& tensor) {
  const auto* storage = std::ranges::find(storages, tensor.type, &Storage::type);
  std::uint64_t count = 1;
  for (const std::uint32_t size : tensor.size) count *= size;
  return count / storage->length * storage->bytes;
}

}  // namespace reelwright::inference
