#pragma once

#include <sstream>
#include <string>

#include "transcript/transcript.h"

namespace reelwright::testing {

/// Adds `text` as a segment from `start` on, three words a second, each word right after the other.
inline void say(transcript::Transcript& transcript, double start, const std::string& text,
                const std::string& speaker = {}) {
  transcript::Segment segment{core::from_seconds(start), core::from_seconds(start), speaker, {}};
  std::istringstream words(text);
  for (std::string word; words >> word; start += 1.0 / 3) {
    segment.words.push_back({word, core::from_seconds(start), core::from_seconds(start + 1.0 / 3)});
  }
  segment.end = segment.words.back().end;
  transcript.segments.push_back(std::move(segment));
}

}  // namespace reelwright::testing
