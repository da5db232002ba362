#include "clips/options.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "media/video_encoder.h"
#include "speech/openai_transcriber.h"
#include "vision/subject_classes.h"

namespace reelwright::clips {

namespace {

const std::string& known_encoder(const core::Config::Value& encoder) {
  if (media::is_h264_encoder(encoder.text)) return encoder.text;
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format(
          "ENCODER is '{}' ({}); FFmpeg has no H.264 encoder of that name here. Leave it out for libx264.",
          encoder.text, encoder.place));
}

/// A relative path means what it means here, not in the folder in which a job works.
std::filesystem::path whole_path(const std::filesystem::path& path) {
  return path.empty() ? path : std::filesystem::absolute(path);
}

vision::DetectorOptions detectors_from(const core::Config& config) {
  return {.engine = config.text("DETECTOR"),
          .model = whole_path(config.path("DETECTOR_MODEL")),
          .face_model = whole_path(config.path("FACE_DETECTOR_MODEL")),
          .subjects = vision::read_subjects(config.text("SUBJECTS")),
          .provider = config.text("EXECUTION_PROVIDER")};
}

}  // namespace

speech::AlignerOptions aligner_from(const core::Config& config) {
  speech::AlignerOptions options{.engine = config.text("ALIGNER"),
                                 .models = speech::read_aligner_models(config.text("ALIGNER_MODEL")),
                                 .provider = config.text("EXECUTION_PROVIDER")};
  for (auto& [language, file] : options.models) file = whole_path(file);
  return options;
}

speech::TranscriberOptions transcriber_from(const core::Config& config) {
  const std::string& engine = config.text("TRANSCRIBER");
  return {.engine = engine,
          .model = config.text("TRANSCRIBER_MODEL"),
          .base_url = engine == "openai" ? net::endpoint_from(config, speech::transcriber_endpoint).base_url
                                         : std::string(),
          .models_dir = whole_path(config.path("MODELS_DIR")),
          .registry = whole_path(config.path("MODELS_REGISTRY")),
          .prompt = config.text("TRANSCRIBER_PROMPT"),
          .hot_words = config.text("HOT_WORDS"),
          .device = config.text("TRANSCRIBER_DEVICE"),
          .aligner = aligner_from(config)};
}

Options options_from(const core::Config& config) {
  return {.num_clips = config.integer("NUM_CLIPS"),
          .aspect_ratio = config.text("ASPECT_RATIO"),
          .min_duration = core::from_seconds(config.number("MIN_DURATION")),
          .max_duration = core::from_seconds(config.number("MAX_DURATION")),
          .language = config.text("SPEECH_LANGUAGE"),
          .caption_style = config.text("CAPTION_STYLE"),
          .encoder = known_encoder(config.value("ENCODER")),
          .aligner = aligner_from(config),
          .detectors = detectors_from(config),
          .language_model = language::model_options(config),
          .topics = language::topic_options(config),
          .transcriber = transcriber_from(config)};
}

}  // namespace reelwright::clips
