#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/time.h"
#include "speech/chunker.h"

namespace reelwright::speech {

/// A stretch of sound as a model wants it, always of the same length.
struct SoundWindow {
  core::Span span{};           ///< of what is sound
  std::vector<float> samples;  ///< 16 kHz mono, -1 to 1; silence where the sound has ended
};

/// Reads a stream of 16 kHz mono sound as windows that overlap. Holds one of them. Not thread-safe.
class SoundWindows {
 public:
  /// `length` and `step` in samples; a step is at most a length.
  SoundWindows(Chunker::Source source, std::size_t length, std::size_t step);

  /// The next window, or nothing once one has reached the end. What the source throws passes through.
  std::optional<SoundWindow> next();

 private:
  void fill();

  Chunker::Source source_;
  std::size_t length_;
  std::size_t step_;
  std::vector<float> samples_{};  ///< from sample `start_` on, a window at most
  std::size_t start_ = 0;
  bool ended_ = false;
};

}  // namespace reelwright::speech
