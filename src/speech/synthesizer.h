#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/context.h"
#include "core/time.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// What was spoken.
struct Spoken {
  core::Time duration{};
  /// The text's own words, in its order and spelling, with their times; empty where the engine does not know
  /// them.
  std::vector<transcript::Word> words{};
};

/// Speaks text in one voice. Thread-safe.
class Synthesizer {
 public:
  virtual ~Synthesizer() = default;

  /// Of all that decides how text sounds beside itself, for keys of artifacts.
  virtual std::string name() const = 0;

  /// How many texts are best spoken at a time.
  virtual unsigned concurrency() const { return 1; }

  /// Writes the text, spoken, to `wav`: mono, 16 bit, at the engine's own rate, whole or not at all; silence
  /// before and behind is at most 50 ms. Throws `invalid_input` (nothing in the text can be said),
  /// `over_budget`, `rate_limited`, `unavailable`, `timeout`, `cancelled`.
  virtual Spoken speak(const std::string& text, const std::filesystem::path& wav,
                       const core::Context& context) = 0;
};

}  // namespace reelwright::speech
