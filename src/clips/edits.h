#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "transcript/transcript.h"
#include "vision/manual_path.h"

namespace reelwright::clips {

/// A span that the user chose.
struct OwnSpan {
  core::Span span;
  std::string title{};  ///< empty: one is made from what is said
};

/// What the user wants otherwise about the clip of a number; what is absent stays as it was worked out.
struct Edit {
  int clip_number = 0;
  std::optional<core::Time> start{};
  std::optional<core::Time> end{};
  std::optional<std::string> title{};
  std::optional<std::string> caption_style{};
  std::optional<std::string> aspect_ratio{};
  std::optional<std::vector<transcript::Word>> words{};  ///< instead of the transcript's; times of the source
  std::optional<core::Span> words_span{};      ///< where they stand instead; none: in all of the clip
  std::vector<vision::ManualKeyframe> crop{};  ///< rising times; empty: the camera finds its way
};

}  // namespace reelwright::clips
