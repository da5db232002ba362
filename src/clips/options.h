#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "clips/edits.h"
#include "core/time.h"
#include "language/model_options.h"
#include "language/topic_options.h"
#include "speech/aligner.h"
#include "speech/transcriber.h"
#include "vision/detector_choice.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::clips {

/// What the user asks for. The bounds of each are those of its setting; `options_from` keeps them.
struct Options {
  int num_clips = 5;
  std::string aspect_ratio = "9:16";
  core::Time min_duration = std::chrono::seconds(15);
  core::Time max_duration = std::chrono::seconds(60);
  std::string language = "en";
  std::optional<std::filesystem::path> transcript{};  ///< instead of recognition
  std::string caption_style = "none";                 ///< burned in unless `none`
  std::string encoder = "libx264";
  std::vector<OwnSpan> spans{};  ///< these become the clips, in this order, instead of what is chosen
  bool keep_chosen = false;      ///< `spans` come after what is chosen, not instead of it
  std::vector<Edit> edits{};     ///< at most one a clip
  bool previews = false;         ///< each clip has a small copy too
  speech::AlignerOptions aligner{};
  vision::DetectorOptions detectors{};
  language::ModelOptions language_model{};
  language::TopicOptions topics{};
  speech::TranscriberOptions transcriber{};

  /// Whether paid services may be asked.
  bool asks_servers() const {
    return transcriber.engine == "openai" || language_model.engine == "openai" ||
           topics.embedder.engine == "openai";
  }
};

/// The aligner that `config` asks for. Throws what `read_aligner_models` throws.
speech::AlignerOptions aligner_from(const core::Config& config);

/// As `config` has them, without a transcript, spans or edits. Throws `invalid_input` where FFmpeg has no
/// H.264 encoder of that name on this machine, for SUBJECTS and ALIGNER_MODEL that are none, and where
/// LANGUAGE_MODEL, EMBEDDER or TOPIC_METHOD lacks another setting; everything else `core::Config` has
/// checked.
Options options_from(const core::Config& config);

/// The part of it that says what writes down speech. Throws `invalid_input` where TRANSCRIBER names a server
/// and another setting is missing; nothing is wrong with a file until it is made.
speech::TranscriberOptions transcriber_from(const core::Config& config);

}  // namespace reelwright::clips
