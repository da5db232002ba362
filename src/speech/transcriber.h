#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Turns speech into words with times. Engines differ in languages and quality, never in the shape of the
/// result.
class Transcriber {
 public:
  virtual ~Transcriber() = default;

  /// What did it, for the record: for example `pocketsphinx-en-us`.
  virtual std::string_view name() const = 0;

  /// The words heard in `audio` (any file with sound), in segments that end at pauses; timing is
  /// `recognised`. The result is the same for any number of threads. Memory does not grow with the sound,
  /// only with the words. Adds `no_speech` or `low_confidence_words` to `warnings` where they hold. Throws
  /// `invalid_input` for a `language` (BCP 47) that the engine does not know, `cancelled` within a second of
  /// a stop, and what the media room throws.
  virtual transcript::Transcript transcribe(const std::filesystem::path& audio, std::string_view language,
                                            const core::Context& context,
                                            std::vector<core::Warning>& warnings) = 0;
};

/// The best engine that is installed. Today that is PocketSphinx with its US English model.
std::unique_ptr<Transcriber> make_transcriber();

}  // namespace reelwright::speech
