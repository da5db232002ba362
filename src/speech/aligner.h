#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
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

/// Which aligner is asked for.
struct AlignerOptions {
  std::string engine = "auto";  ///< `pocketsphinx`, `ctc`; `auto`: a model of the language, else PocketSphinx
  /// ONNX files of CTC models by the language they know (BCP 47); an empty one serves all others.
  std::map<std::string, std::filesystem::path> models{};
  std::string provider = "cpu";  ///< what computes a model: see `inference::execution_providers`
  unsigned threads = 1;          ///< of a model
};

/// The models of ALIGNER_MODEL: `FILE`, or `LANGUAGE=FILE` several times with commas between. Throws
/// `invalid_input` where a file is missing behind a language, or a language is named twice.
std::map<std::string, std::filesystem::path> read_aligner_models(std::string_view setting);

/// What aligns texts in `language` (BCP 47). Throws `invalid_input` where a CTC model is asked for and none
/// serves the language, and what `CtcModel` throws.
std::unique_ptr<Aligner> make_aligner(const AlignerOptions& options, std::string_view language);

/// PocketSphinx, which comes with the packages, for US English.
std::unique_ptr<Aligner> make_aligner();

/// Of all that decides about the times of words, the model's bytes too; empty for PocketSphinx. Throws as
/// `make_aligner`, and what reading the model throws.
std::string aligner_key(const AlignerOptions& options, std::string_view language);

}  // namespace reelwright::speech
