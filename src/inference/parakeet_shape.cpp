#include "inference/parakeet_shape.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace reelwright::inference {

namespace {

// What whisper.cpp has as a constant, or as the largest that it takes.
constexpr std::uint32_t spectrum_samples = 512;
constexpr std::uint32_t frames_a_frame = 8;    // three convolutions that take every second
constexpr std::uint32_t least_context = 3000;  // 30 s, so that a window goes in whole
constexpr std::uint32_t most_context = 5000;

/// Names the tensors of one part.
class Part {
 public:
  Part(std::vector<GgmlTensor>& into, std::string prefix, std::uint32_t large)
      : into_(into), prefix_(std::move(prefix)), large_(large) {}

  void add(std::string_view name, std::array<std::uint32_t, 4> size, std::uint32_t type = ggml_float32) {
    into_.push_back({prefix_ + std::string(name), size, type});
  }
  void vector(std::string_view name, std::uint32_t length) { add(name, {length, 1, 1, 1}); }
  void matrix(std::string_view name, std::uint32_t from, std::uint32_t to) {
    add(fmt::format("{}.weight", name), {from, to, 1, 1}, large_);
  }
  void norm(std::string_view name, std::uint32_t length) {
    vector(fmt::format("{}.weight", name), length);
    vector(fmt::format("{}.bias", name), length);
  }

 private:
  std::vector<GgmlTensor>& into_;
  std::string prefix_;
  std::uint32_t large_;
};

void add_subsampling(std::vector<GgmlTensor>& tensors, const ParakeetShape& shape, std::uint32_t large) {
  Part part(tensors, "encoder.pre_encode.", large);
  const std::uint32_t channels = shape.channels;
  for (const int number : {0, 2, 5}) part.add(fmt::format("conv.{}.weight", number), {3, 3, 1, channels});
  for (const int number : {3, 6}) part.add(fmt::format("conv.{}.weight", number), {1, 1, channels, channels});
  for (const int number : {0, 2, 3, 5, 6}) part.add(fmt::format("conv.{}.bias", number), {1, 1, channels, 1});
  part.matrix("out", shape.mels / shape.subsampling * channels, shape.audio_state);
  part.vector("out.bias", shape.audio_state);
}

void add_layer(Part part, const ParakeetShape& shape) {
  const std::uint32_t state = shape.audio_state;
  for (const auto* name :
       {"norm_feed_forward1", "norm_self_att", "norm_conv", "norm_feed_forward2", "norm_out"})
    part.norm(name, state);
  for (const auto* name : {"feed_forward1", "feed_forward2"}) {
    part.matrix(fmt::format("{}.linear1", name), state, 4 * state);
    part.matrix(fmt::format("{}.linear2", name), 4 * state, state);
  }
  for (const auto* name : {"pos_bias_u", "pos_bias_v"})
    part.add(fmt::format("self_attn.{}", name), {state / shape.audio_heads, shape.audio_heads, 1, 1});
  for (const auto* name : {"q", "k", "v", "out", "pos"})
    part.matrix(fmt::format("self_attn.linear_{}", name), state, state);
  part.matrix("conv.pointwise_conv1", state, 2 * state);
  part.add("conv.depthwise_conv.weight", {shape.kernel, state, 1, 1});
  part.norm("conv.batch_norm", state);
  part.vector("conv.batch_norm.running_mean", state);
  part.vector("conv.batch_norm.running_var", state);
  part.vector("conv.batch_norm.num_batches_tracked", 1);
  part.matrix("conv.pointwise_conv2", state, state);
}

void add_decoder(std::vector<GgmlTensor>& tensors, const ParakeetShape& shape, const GgmlStorage& storage) {
  const std::uint32_t state = shape.text_state;
  // States that do not fill whole blocks are stored as they are.
  const std::uint32_t large = state % storage.length == 0 ? storage.type : ggml_float32;
  Part prediction(tensors, "decoder.prediction.", large);
  prediction.matrix("embed", state, shape.words + 1);
  for (std::uint32_t layer = 0; layer < shape.text_layers; ++layer) {
    const auto name = [&](std::string_view part) { return fmt::format("dec_rnn.lstm.{}_l{}", part, layer); };
    prediction.add(name("weight_ih"), {state, 4 * state, 1, 1}, large);
    prediction.add(name("weight_hh"), {state, 4 * state, 1, 1}, large);
    prediction.vector(name("bias_h"), 4 * state);
  }
  const std::uint32_t choices = shape.words + 1 + shape.durations;
  Part joint(tensors, "joint.", large);
  joint.matrix("pred", state, state);
  joint.add("enc.weight", {shape.audio_state, state, 1, 1}, storage.type);
  joint.matrix("joint_net.2", state, choices);
  joint.vector("pred.bias", state);
  joint.vector("enc.bias", state);
  joint.vector("joint_net.2.bias", choices);
}

bool within(std::uint32_t value, std::uint32_t least, std::uint32_t most) {
  return value >= least && value <= most;
}

}  // namespace

std::string shape_problem(const ParakeetShape& shape) {
  if (!within(shape.words, 1, 8192)) return fmt::format("with a vocabulary of {} words", shape.words);
  if (!within(shape.audio_context, least_context, most_context))
    return fmt::format("that hears {} frames at a time", shape.audio_context);
  if (!within(shape.audio_state, 2, 1024) || shape.audio_state % 2 != 0)
    return fmt::format("with states of {} numbers", shape.audio_state);
  if (!within(shape.audio_heads, 1, 8) || shape.audio_state % shape.audio_heads != 0)
    return fmt::format("with {} attention heads over {} numbers", shape.audio_heads, shape.audio_state);
  if (!within(shape.audio_layers, 1, 24)) return fmt::format("with {} layers", shape.audio_layers);
  if (shape.spectrum != spectrum_samples)
    return fmt::format("with spectra of {} samples instead of {}", shape.spectrum, spectrum_samples);
  if (shape.subsampling != frames_a_frame)
    return fmt::format("that joins {} frames instead of {}", shape.subsampling, frames_a_frame);
  if (!within(shape.mels, 8, 128) || shape.mels % shape.subsampling != 0)
    return fmt::format("with {} bands of sound", shape.mels);
  if (!within(shape.channels, 1, 256)) return fmt::format("with {} channels", shape.channels);
  if (!within(shape.kernel, 3, 9) || shape.kernel % 2 == 0)
    return fmt::format("with convolutions over {} frames", shape.kernel);
  if (!within(shape.text_state, 1, 640))
    return fmt::format("with text states of {} numbers", shape.text_state);
  if (!within(shape.text_layers, 1, 2)) return fmt::format("with {} layers of text", shape.text_layers);
  if (!within(shape.durations, 1, 5)) return fmt::format("with {} durations", shape.durations);
  if (!within(shape.words_a_frame, 1, 10))
    return fmt::format("that says {} words a frame", shape.words_a_frame);
  const GgmlStorage* storage = storage_of(shape.file_type);
  if (!storage) return fmt::format("stored in a way that is not known here (ggml's {})", shape.file_type);
  for (const std::uint32_t length : {shape.audio_state, shape.mels / shape.subsampling * shape.channels})
    if (length % storage->length != 0)
      return fmt::format("with states of {} numbers in blocks of {}", length, storage->length);
  return {};
}

std::vector<GgmlTensor> parakeet_tensors(const ParakeetShape& shape) {
  std::vector<GgmlTensor> tensors;
  const GgmlStorage& storage = *storage_of(shape.file_type);
  add_subsampling(tensors, shape, storage.type);
  for (std::uint32_t layer = 0; layer < shape.audio_layers; ++layer)
    add_layer(Part(tensors, fmt::format("encoder.layers.{}.", layer), storage.type), shape);
  add_decoder(tensors, shape, storage);
  return tensors;
}

bool is_like_parakeet(std::uint32_t spectrum, std::uint32_t subsampling) {
  return spectrum == spectrum_samples || subsampling == frames_a_frame;
}

}  // namespace reelwright::inference
