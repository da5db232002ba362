#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "speech/parakeet_model.h"
#include "speech/window_recognition.h"

namespace reelwright::speech {

/// Decodes windows of up to 28 s, one at a time, always by the likeliest token: whisper.cpp has no other
/// search for Parakeet. What a call gives depends on its arguments alone, never on earlier calls or the
/// number of threads.
class ParakeetDecoder {
 public:
  /// Throws `unavailable` where memory is short.
  explicit ParakeetDecoder(std::shared_ptr<const ParakeetModel> model);

  /// What is heard in `samples` (16 kHz mono, 0.2 s at least). Throws `cancelled` at once on a stop; the
  /// decoder is of no use afterwards.
  Hearing hear(const std::vector<float>& samples, unsigned threads, const std::stop_token& stop);

 private:
  struct State;

  std::shared_ptr<State> state_;
};

/// Decoders of `model`, each on threads of its own.
WindowDecoders parakeet_decoders(const std::shared_ptr<const ParakeetModel>& model);

}  // namespace reelwright::speech
