#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clips/plan.h"
#include "clips/render.h"
#include "clips/source_json.h"
#include "net/transport.h"
#include "stage/stage_runner.h"
#include "vision/framing.h"

namespace reelwright::clips {

/// `clips.json`: plain structs whose members are the JSON's names, times in seconds.
struct IndexFiles {
  std::string video, captions, remotion_captions, srt, vtt, ass, poster, crop;
  std::optional<std::string> preview{};  ///< where one was asked for
};

struct IndexFraming {
  double subject_share, inside_share, crop_share, fit_share, stacked_share, reversals_per_second, jerk;
};

struct IndexLoudness {
  double integrated_lufs, true_peak_dbtp;
};

struct IndexClip {
  int number;
  IndexFiles files;
  double start, end, duration;
  std::string title, description;
  std::vector<std::string> keywords;
  std::string text_preview;
  double score;
  std::vector<Signal> reasons;
  std::string aspect_ratio, caption_style;
  std::string layout;
  int width, height;
  double frame_rate;
  std::string encoder;
  IndexFraming framing;
  IndexLoudness loudness;
  // Where a language model was asked.
  std::optional<std::string> hook{}, reason{};
  std::optional<std::vector<std::string>> hashtags{};
};

struct IndexEngines {
  std::string transcript, framing, encoder;
  std::optional<std::string> language_model{};
  std::optional<std::string> embedder{};  ///< by which topics were told apart, where there is one
  std::optional<std::string> speakers{};  ///< the models that told them apart
};

struct Index {
  SourceJson source;
  std::vector<IndexClip> clips;
  IndexEngines engines;
  std::vector<core::Warning> warnings;
  std::vector<stage::StageRun> stages;
  std::optional<std::vector<net::Charge>> costs{};  ///< of this run, where paid services may be asked
};

/// The names of a clip's files: `clip_01_<slug>` with each extension.
IndexFiles file_names(const ChosenClip& clip, bool preview = false);

IndexClip index_clip(const Plan& plan, const vision::Framing& framing, const RenderResult& render,
                     double frame_rate);

/// As indented JSON.
std::string to_text(const Index& index);

/// One clip on one line of JSON.
std::string to_text(const IndexClip& clip);

/// What `to_text` made of a clip. Throws `invalid_input` where it is something else.
IndexClip read_index_clip(std::string_view json);

}  // namespace reelwright::clips
