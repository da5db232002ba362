#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "clips/selection.h"

namespace reelwright::clips {

/// A span that could have been a clip, as it stands in JSON; times in seconds of the source.
struct CandidateJson {
  double start, end;
  double score;  ///< 0 to 1
  std::string title;
  std::string text_preview;
  std::vector<Signal> reasons;
  bool chosen;  ///< by the program, whatever the user chose since
};

struct CandidatesJson {
  std::vector<CandidateJson> candidates;  ///< by score, falling
};

/// What the job of this workspace chose its clips among; none where it has not come so far. Reads only, and
/// may be called while a job works there.
std::optional<CandidatesJson> read_candidates(const std::filesystem::path& workspace);

/// As JSON.
std::string to_text(const CandidatesJson& candidates);

}  // namespace reelwright::clips
