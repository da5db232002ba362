#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/context.h"
#include "speech/speaker_turns.h"

namespace reelwright::speech {

class SpeakerSegmentation;
class SpeakerEmbedding;

/// Which models tell speakers apart, and how.
struct DiarizerOptions {
  std::filesystem::path segmentation{};  ///< ONNX files: both, or none
  std::filesystem::path embedding{};
  std::size_t speakers = 0;      ///< how many there are; 0: found out
  double distance = 0.6;         ///< cosine distance beyond which voices are not the same
  std::string provider = "cpu";  ///< what computes the models: see `inference::execution_providers`

  bool wanted() const { return !segmentation.empty() || !embedding.empty(); }
};

/// Finds who speaks when, as pyannote does (Bredin 2023): a model tells in windows that overlap which voices
/// sound, another one how each of them sounds, and voices that sound alike are one speaker.
class Diarizer {
 public:
  /// Loads both models. Throws `invalid_input` where one is not named or cannot be used, `not_found`,
  /// `forbidden`, `unavailable`, each time naming the setting.
  explicit Diarizer(const DiarizerOptions& options);
  ~Diarizer();

  /// The files, for the record.
  const std::string& name() const { return name_; }

  /// The turns in a recording, by their starts; speakers are numbered in order of their first turns. Memory
  /// grows with the turns only: about a kilobyte for each voice of each window. Throws `cancelled` within a
  /// second of a stop, what the media room throws and what the models throw.
  std::vector<Turn> turns(const std::filesystem::path& audio, const core::Context& context) const;

 private:
  std::string name_;
  std::size_t speakers_;
  double distance_;
  std::unique_ptr<const SpeakerSegmentation> segmentation_;
  std::unique_ptr<const SpeakerEmbedding> embedding_;
};

/// Of all that decides about the turns, the bytes of both models too. Throws what reading them throws.
std::string diarizer_key(const DiarizerOptions& options);

}  // namespace reelwright::speech
