#include "speech/speaker_embedding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "speech/filterbank.h"
#include "speech/speaker_model.h"

namespace reelwright::speech {

namespace {

constexpr std::string_view setting = "SPEAKER_EMBEDDING_MODEL";
constexpr std::size_t most_dimensions = 4096;

using inference::text_of;

void check(const inference::OnnxSession& model) {
  const inference::TensorFacts& in = model.inputs()[0];
  const auto bands = static_cast<std::int64_t>(mel_bands);
  if (in.type != "float" || in.shape.size() != 3 || in.shape[0] > 1 || in.shape[1] >= 0 ||
      (in.shape[2] >= 0 && in.shape[2] != bands))
    refuse_speaker_model(setting, model, fmt::format("its input is {} of {}", text_of(in.shape), in.type));
  const inference::Shape& out = model.outputs()[0].shape;
  const bool is_row = out.size() == 2 || (out.size() == 3 && out[1] == 1);
  if (!is_row || out[0] > 1)
    refuse_speaker_model(setting, model, fmt::format("its output is {}", text_of(out)));
}

/// What the room and the microphone add is the same in all frames.
void take_off_mean(std::vector<float>& features) {
  const std::size_t frames = features.size() / mel_bands;
  for (std::size_t band = 0; band < mel_bands; ++band) {
    double sum = 0;
    for (std::size_t at = band; at < features.size(); at += mel_bands) sum += features[at];
    const auto mean = static_cast<float>(sum / static_cast<double>(frames));
    for (std::size_t at = band; at < features.size(); at += mel_bands) features[at] -= mean;
  }
}

double length(const std::vector<float>& values) {
  double squares = 0;
  for (const float value : values) squares += static_cast<double>(value) * value;
  return std::sqrt(squares);
}

}  // namespace

SpeakerEmbedding::SpeakerEmbedding(const std::filesystem::path& file, const inference::OnnxOptions& options)
    : session_(open_speaker_model(setting, file, options)) {
  check(*session_);
}

std::optional<std::vector<float>> SpeakerEmbedding::embed(std::vector<float> features,
                                                          const std::stop_token& stop) const {
  take_off_mean(features);
  const auto frames = static_cast<std::int64_t>(features.size() / mel_bands);
  inference::Tensor made = run_speaker_model(
      *session_, {{1, frames, static_cast<std::int64_t>(mel_bands)}, std::move(features)}, stop);
  if (made.values.size() < 2 || made.values.size() > most_dimensions)
    refuse_speaker_model(setting, *session_, fmt::format("it answered {}", text_of(made.shape)));
  const double whole = length(made.values);
  if (!std::isfinite(whole))
    refuse_speaker_model(setting, *session_, "it answered something that is no number");
  if (whole == 0) return std::nullopt;
  for (float& value : made.values) value = static_cast<float>(value / whole);
  return std::move(made.values);
}

}  // namespace reelwright::speech
