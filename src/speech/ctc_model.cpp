#include "speech/ctc_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"

namespace reelwright::speech {

namespace {

constexpr std::uintmax_t largest_vocabulary = 10'000'000;
constexpr std::size_t fewest_samples = 1600;  // wav2vec2 needs 400 for its first frame

std::string shown(const std::filesystem::path& file) { return core::printable(file.string()); }

[[noreturn]] void refuse(const inference::OnnxSession& model, const std::string& why) {
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("The model {} is no CTC model of letters that can be used: {}. Export a "
                                "wav2vec2-type model with a CTC head, with any number of samples.",
                                shown(model.file()), why));
}

void check(const inference::OnnxSession& model, const CtcVocabulary& vocabulary) {
  if (model.inputs().size() != 1)
    refuse(model, fmt::format("it has {} inputs, not one", model.inputs().size()));
  const inference::TensorFacts& in = model.inputs()[0];
  if (in.type != "float" || in.shape.size() != 2 || in.shape[1] >= 0 || in.shape[0] > 1)
    refuse(model, fmt::format("its input is {} of {}, not 1 x any number of float",
                              inference::text_of(in.shape), in.type));
  const inference::Shape& out = model.outputs().at(0).shape;
  if (out.size() != 3)
    refuse(model, fmt::format("its output is {}, not batch x frames x classes", inference::text_of(out)));
  if (out[2] >= 0 && static_cast<std::size_t>(out[2]) < vocabulary.classes())
    refuse(model,
           fmt::format("it tells {} classes apart, and its vocabulary {}", out[2], vocabulary.classes()));
}

/// Of mean 0 and variance 1, as these models were trained.
std::vector<float> normalised(std::span<const std::int16_t> samples) {
  std::vector<float> values(samples.begin(), samples.end());
  values.resize(std::max(values.size(), fewest_samples));
  double sum = 0;
  double squares = 0;
  for (const float value : values) {
    sum += value;
    squares += static_cast<double>(value) * value;
  }
  const double mean = sum / static_cast<double>(values.size());
  const double variance = std::max(0.0, squares / static_cast<double>(values.size()) - mean * mean);
  const double scale = 1 / std::sqrt(variance + 1e-3);
  for (float& value : values) value = static_cast<float>((value - mean) * scale);
  return values;
}

/// Logits, or logarithms of probabilities already, made to logarithms of probabilities.
void log_softmax(std::span<float> frame) {
  const float most = std::ranges::max(frame);
  double sum = 0;
  for (const float value : frame) sum += std::exp(static_cast<double>(value - most));
  const auto total = static_cast<float>(most + std::log(sum));
  for (float& value : frame) value -= total;
}

}  // namespace

std::filesystem::path vocabulary_file(const std::filesystem::path& file) {
  std::filesystem::path own = file;
  own += ".vocab.json";
  const std::filesystem::path common = file.parent_path() / "vocab.json";
  for (const auto& path : {own, common})
    if (std::error_code error; std::filesystem::is_regular_file(path, error)) return path;
  throw core::Error(core::ErrorCode::not_found,
                    fmt::format("The model {} has no vocabulary; put its vocab.json beside it, as {} or {}.",
                                shown(file), shown(own.filename()), shown(common.filename())));
}

CtcModel::CtcModel(const std::filesystem::path& file, const inference::OnnxOptions& options)
    : session_(inference::open_onnx(file, options)),
      vocabulary_(core::read_file(vocabulary_file(file), largest_vocabulary)) {
  check(*session_, vocabulary_);
}

Emissions CtcModel::hear(std::span<const std::int16_t> samples, const std::stop_token& stop) const {
  inference::Tensor sound{{}, normalised(samples)};
  sound.shape = {1, static_cast<std::int64_t>(sound.values.size())};
  inference::Tensors inputs;
  inputs.emplace(session_->inputs()[0].name, std::move(sound));
  inference::Tensors outputs = session_->run(inputs, stop);
  inference::Tensor& made = outputs.at(session_->outputs()[0].name);
  const inference::Shape& shape = made.shape;
  if (shape.size() != 3 || shape[0] != 1 || shape[2] < static_cast<std::int64_t>(vocabulary_.classes()))
    refuse(*session_, fmt::format("it answered {}", inference::text_of(shape)));
  if (!std::ranges::all_of(made.values, [](float value) { return std::isfinite(value); }))
    refuse(*session_, "it answered something that is no number");
  Emissions emissions{static_cast<std::size_t>(shape[2]), std::move(made.values)};
  for (std::size_t frame = 0; frame < emissions.frames(); ++frame)
    log_softmax(std::span(emissions.log_probs).subspan(frame * emissions.classes, emissions.classes));
  return emissions;
}

}  // namespace reelwright::speech
