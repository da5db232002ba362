#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/clips.h"

namespace reelwright::jobs {

/// Where the files of a clip can be fetched: paths on this service.
struct StatusClipFiles {
  std::string video;
  std::string captions;  ///< words with their times, JSON
  std::string remotion_captions;
  std::string srt;
  std::string vtt;
  std::string ass;
  std::string crop;  ///< the camera's path, JSON
  std::string poster;
  std::optional<std::string> preview;  ///< a small video
};

/// A published clip as the status document shows it. Times are seconds of the source.
struct StatusClip {
  int clip_number = 0;
  std::string title;
  double start = 0;
  double end = 0;
  double duration_seconds = 0;
  std::int64_t file_size_bytes = 0;
  std::string clip_text_preview;
  double score = 0;
  std::string aspect_ratio;
  std::string layout;
  std::string clip_filename;
  std::string caption_filename;
  StatusClipFiles files;
  // Where a language model was asked.
  std::optional<std::string> hook{};    ///< one line to be shown over the first seconds
  std::optional<std::string> reason{};  ///< one sentence on its score
  std::optional<std::vector<std::string>> hashtags{};
};

/// The clips as a JSON array of `StatusClip`. What the facts of a clip lack, those of an older version, is
/// empty.
std::string clip_status_json(const std::string& processing_id,
                             const std::vector<database::PublishedClip>& clips);

}  // namespace reelwright::jobs
