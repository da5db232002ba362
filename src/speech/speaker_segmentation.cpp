#include "speech/speaker_segmentation.h"

#include <fmt/format.h>

#include "speech/frame_analyser.h"
#include "speech/speaker_model.h"

namespace reelwright::speech {

namespace {

constexpr std::string_view setting = "SPEAKER_SEGMENTATION_MODEL";
constexpr std::int64_t usual_window = std::int64_t{10} * sample_rate;
constexpr std::int64_t shortest_window = sample_rate;
constexpr std::int64_t longest_window = std::int64_t{30} * sample_rate;

using inference::text_of;

/// How many samples the model wants.
std::size_t checked_window(const inference::OnnxSession& model) {
  const inference::TensorFacts& in = model.inputs()[0];
  const inference::Shape& out = model.outputs()[0].shape;
  if (in.type != "float" || in.shape.size() != 3 || in.shape[0] > 1 || in.shape[1] > 1)
    refuse_speaker_model(setting, model, fmt::format("its input is {} of {}", text_of(in.shape), in.type));
  const std::int64_t window = in.shape[2] < 0 ? usual_window : in.shape[2];
  if (window < shortest_window || window > longest_window)
    refuse_speaker_model(setting, model, fmt::format("its input is {}", text_of(in.shape)));
  if (out.size() != 3 || (out[2] >= 0 && !has_voice_classes(static_cast<std::size_t>(out[2]))))
    refuse_speaker_model(setting, model, fmt::format("its output is {}", text_of(out)));
  return static_cast<std::size_t>(window);
}

}  // namespace

SpeakerSegmentation::SpeakerSegmentation(const std::filesystem::path& file,
                                         const inference::OnnxOptions& options)
    : session_(open_speaker_model(setting, file, options)), window_(checked_window(*session_)) {}

std::vector<VoiceSet> SpeakerSegmentation::hear(std::span<const float> samples,
                                                const std::stop_token& stop) const {
  const inference::Tensor made = run_speaker_model(
      *session_,
      {{1, 1, static_cast<std::int64_t>(samples.size())}, std::vector<float>(samples.begin(), samples.end())},
      stop);
  const inference::Shape& shape = made.shape;
  if (shape.size() != 3 || shape[0] != 1 || shape[1] < 1 || static_cast<std::size_t>(shape[1]) > window_ ||
      !has_voice_classes(static_cast<std::size_t>(shape[2])))
    refuse_speaker_model(setting, *session_, fmt::format("it answered {}", text_of(shape)));
  const auto classes = static_cast<std::size_t>(shape[2]);
  std::vector<VoiceSet> frames;
  frames.reserve(static_cast<std::size_t>(shape[1]));
  for (std::size_t at = 0; at < made.values.size(); at += classes) {
    const auto voices = read_voices(std::span(made.values).subspan(at, classes));
    if (!voices) refuse_speaker_model(setting, *session_, "it answered something that is no probability");
    frames.push_back(*voices);
  }
  return frames;
}

}  // namespace reelwright::speech
