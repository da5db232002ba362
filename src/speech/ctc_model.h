#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>

#include "inference/onnx_session.h"
#include "speech/ctc_vocabulary.h"

namespace reelwright::speech {

/// A wav2vec2-type model of letters (Baevski et al. 2020) with a CTC head, as an ONNX file:
/// `batch x samples` of 16 kHz sound in, `batch x frames x classes` out. Thread-safe.
class CtcModel {
 public:
  /// `file` with its vocabulary beside it: see `vocabulary_file`. Throws `invalid_input` where either is
  /// something else or they do not fit each other, and what `inference::open_onnx` throws.
  CtcModel(const std::filesystem::path& file, const inference::OnnxOptions& options);

  const CtcVocabulary& vocabulary() const { return vocabulary_; }

  /// What it hears in at most a minute of 16 kHz mono sound; frames are spread evenly over the samples.
  /// Throws what `OnnxSession::run` throws, and `invalid_input` where the model answers something else than
  /// it promised.
  Emissions hear(std::span<const std::int16_t> samples, const std::stop_token& stop) const;

 private:
  std::shared_ptr<const inference::OnnxSession> session_;
  CtcVocabulary vocabulary_;
};

/// The vocabulary of the model in `file`: `NAME.onnx.vocab.json` beside `NAME.onnx`, or the folder's
/// `vocab.json`. Throws `not_found`, naming both.
std::filesystem::path vocabulary_file(const std::filesystem::path& file);

}  // namespace reelwright::speech
