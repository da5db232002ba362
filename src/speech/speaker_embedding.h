#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "inference/onnx_session.h"

namespace reelwright::speech {

/// A WeSpeaker-type model of voices (Wang et al. 2023; also ECAPA-TDNN, Desplanques et al. 2020), as an ONNX
/// file: `batch x frames x 80` of `mel_filterbank` in, `batch x dimensions` out. Thread-safe.
class SpeakerEmbedding {
 public:
  /// Throws `invalid_input` where the file is another model, and what `inference::open_onnx` throws, each
  /// time naming SPEAKER_EMBEDDING_MODEL.
  SpeakerEmbedding(const std::filesystem::path& file, const inference::OnnxOptions& options);

  /// The direction (of length 1) that a voice has, from `features` (frames x 80, at least one frame) of which
  /// the mean over time is taken off. Nothing where the model gives none. Throws what `OnnxSession::run`
  /// throws, and `invalid_input` where the model answers something else than it promised.
  std::optional<std::vector<float>> embed(std::vector<float> features, const std::stop_token& stop) const;

 private:
  std::shared_ptr<const inference::OnnxSession> session_;
};

}  // namespace reelwright::speech
