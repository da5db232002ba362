#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "language/text_embedder.h"
#include "net/transport.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::language {

/// Which embedder is asked for, as the settings have it. Nothing secret is in it.
struct EmbedderOptions {
  std::string engine = "auto";  ///< `none`, `onnx`, `openai`; `auto`: what `model` is, else none
  std::string model{};          ///< a file, or the name of an installed one or of a server's; empty: none
  std::string base_url{};       ///< of the server
  std::filesystem::path models_dir{};  ///< where installed ones lie
  std::filesystem::path registry{};    ///< the user's own; may be empty
  std::string provider = "cpu";        ///< what computes it: see `inference::execution_providers`

  bool has_embedder() const { return engine != "none" && (engine != "auto" || !model.empty()); }
  bool has_file() const { return has_embedder() && engine != "openai"; }
};

/// As `config` has them; paths are absolute. Throws `invalid_input` where a server is named and another
/// setting is missing.
EmbedderOptions embedder_options(const core::Config& config);

/// The file of the model. Throws `invalid_input` where an embedder is asked for and no model named, and what
/// `inference::named_weights` throws.
std::filesystem::path embedder_file(const EmbedderOptions& options);

/// Null where there is to be none. `transport` outlives it. Throws what `embedder_file` and `OnnxEmbedder`
/// throw, and `internal` where the transport is null and needed.
std::unique_ptr<TextEmbedder> make_embedder(const EmbedderOptions& options, unsigned threads,
                                            net::Transport* transport);

}  // namespace reelwright::language
