#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "net/transport.h"
#include "speech/aligner.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Turns speech into words with times. Engines differ in languages and quality, never in the shape of the
/// result.
class Transcriber {
 public:
  virtual ~Transcriber() = default;

  /// What did it, for the record: for example `pocketsphinx-en-us`.
  virtual std::string_view name() const = 0;

  /// Of all that decides what is heard beside sound and language, for results that are kept; empty of the
  /// built-in engine.
  virtual std::string key() const { return {}; }

  /// Loads what `transcribe` would load, to see whether it can. Throws what loading throws.
  virtual void try_loading() const = 0;

  /// The words heard in `audio` (any file with sound), in segments that end at pauses; timing is
  /// `recognised`. The result is the same for any number of threads. Memory does not grow with the sound,
  /// only with the words. Adds `no_speech` or `low_confidence_words` to `warnings` where they hold. Throws
  /// `invalid_input` for a `language` (BCP 47) that the engine does not know, `cancelled` within a second of
  /// a stop, and what the media room throws.
  virtual transcript::Transcript transcribe(const std::filesystem::path& audio, std::string_view language,
                                            const core::Context& context,
                                            std::vector<core::Warning>& warnings) = 0;
};

/// Which engine is asked for.
struct TranscriberOptions {
  /// `pocketsphinx`, `whisper`, `parakeet`, `openai`; `auto`: that of the model which is named
  std::string engine = "auto";
  std::string model{};                 ///< a ggml file, an installed model or a server's; empty: none
  std::string base_url{};              ///< of the server
  std::filesystem::path models_dir{};  ///< where installed models lie
  std::filesystem::path registry{};    ///< the user's own registry of models, or empty
  std::string prompt{};                ///< text as it might go before what is said
  std::string hot_words{};             ///< names and terms to expect, commas between
  std::string device = "cpu";          ///< what computes the model: `cpu`, `gpu`
  AlignerOptions aligner{};            ///< for a server that tells no times of words
};

/// Without a model PocketSphinx with its US English one. What is wrong with a model's file is said here, it
/// is loaded later. Throws `invalid_input` where a model is needed and none is named, or where a setting says
/// what the engine cannot heed; `not_found`, `forbidden`, `conflict`; `invalid_input` for a file that is no
/// model of the engine. `transport`, by which a server is called, outlives it; `internal` where it is null
/// and needed.
std::unique_ptr<Transcriber> make_transcriber(const TranscriberOptions& options = {},
                                              net::Transport* transport = nullptr);

}  // namespace reelwright::speech
