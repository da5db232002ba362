#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "speech/whisper_guard.h"
#include "speech/whisper_model.h"

namespace reelwright::speech {

/// How a window is to be decoded.
struct WhisperTask {
  std::string language = "en";  ///< as Whisper names it
  std::string prompt;           ///< see `recognition_prompt`
  unsigned threads = 1;
};

/// Decodes windows of up to 30 s, one at a time. What a call gives depends on its arguments alone, never on
/// earlier calls or the number of threads.
class WhisperDecoder {
 public:
  /// Throws `unavailable` where memory is short.
  explicit WhisperDecoder(std::shared_ptr<const WhisperModel> model);

  /// What is heard in `samples` (16 kHz mono, 0.2 s at least): by beam search, and where that loops or is
  /// unsure (`judge`), once more without a prompt by sampling at rising temperatures. The better of both.
  /// Throws `cancelled` at once on a stop; the decoder is of no use afterwards.
  Hearing hear(const std::vector<float>& samples, const WhisperTask& task, const std::stop_token& stop);

  /// The probability of each of Whisper's languages, by its number. Throws as `hear`.
  std::vector<float> languages(const std::vector<float>& samples, unsigned threads,
                               const std::stop_token& stop);

 private:
  struct State;

  std::shared_ptr<const WhisperModel> model_;
  std::shared_ptr<State> state_;
};

}  // namespace reelwright::speech
