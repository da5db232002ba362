#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "inference/onnx_session.h"
#include "speech/voice_set.h"

namespace reelwright::speech {

/// A pyannote-type model of speaker segmentation (Bredin 2023; Plaquet and Bredin 2023), as an ONNX file:
/// `batch x 1 x samples` of 16 kHz sound in, `batch x frames x classes` out. Thread-safe.
class SpeakerSegmentation {
 public:
  /// Throws `invalid_input` where the file is another model, and what `inference::open_onnx` throws, each
  /// time naming SPEAKER_SEGMENTATION_MODEL.
  SpeakerSegmentation(const std::filesystem::path& file, const inference::OnnxOptions& options);

  /// How many samples it wants at a time: what its file says, else ten seconds.
  std::size_t window() const { return window_; }

  /// Which voices sound in `window()` samples, in frames that are spread evenly over them. Throws what
  /// `OnnxSession::run` throws, and `invalid_input` where the model answers something else than it promised.
  std::vector<VoiceSet> hear(std::span<const float> samples, const std::stop_token& stop) const;

 private:
  std::shared_ptr<const inference::OnnxSession> session_;
  std::size_t window_ = 0;
};

}  // namespace reelwright::speech
