#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Finds when the words of a known text are said. Engines differ in languages and quality, never in the shape
/// of the result.
class Aligner {
 public:
  virtual ~Aligner() = default;

  /// What did it, for the record: for example `pocketsphinx-en-us`.
  virtual std::string_view name() const = 0;

  /// `text` word for word as it is written, every word with a time: `aligned` where it was found in the
  /// sound, else `interpolated` between its neighbours (within its cue, where the draft has one). Starts
  /// never decrease. Word times of the draft are not used; times of its segments are, as the places to look.
  /// Adds `text_not_spoken` to `warnings` where words were not found, `no_speech` or `language_mismatch`
  /// where that is why. Memory grows with the text, not with the sound. Throws `invalid_input` on a text
  /// without words, `cancelled` within a second of a stop, and what the media room throws.
  virtual transcript::Transcript align(const std::filesystem::path& audio, const transcript::Draft& text,
                                       const core::Context& context,
                                       std::vector<core::Warning>& warnings) = 0;
};

/// The best engine that is installed. Today that is PocketSphinx with its US English model.
std::unique_ptr<Aligner> make_aligner();

/// A transcript the user brings, with times: its own where every word has one (timing `given`), else aligned.
transcript::Transcript time_transcript(const std::filesystem::path& audio, const transcript::Draft& text,
                                       const core::Context& context, std::vector<core::Warning>& warnings);

}  // namespace reelwright::speech
