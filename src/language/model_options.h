#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "language/language_model.h"
#include "net/api_client.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::language {

inline constexpr const char* language_role = "language_model";

/// Where a server is the language model.
inline constexpr net::EndpointSettings language_endpoint{.role = language_role,
                                                         .engine = "LANGUAGE_MODEL",
                                                         .base_url = "LANGUAGE_BASE_URL",
                                                         .key = "LANGUAGE_API_KEY",
                                                         .model = "LANGUAGE_MODEL_NAME",
                                                         .timeout = "LANGUAGE_TIMEOUT"};

/// Which language model plays its role, as the settings have it. Nothing secret is in it.
struct ModelOptions {
  std::string engine = "none";  ///< `none`, `llama`, `openai`
  std::string base_url{};       ///< for messages
  std::string model{};
  int most_tokens = 8000;              ///< of an answer
  int context_tokens = 8192;           ///< of a question with its answer, where the model is here
  bool is_required = true;             ///< what it fails at fails; else it is gone on without it
  std::filesystem::path models_dir{};  ///< where installed models lie
  std::filesystem::path registry{};    ///< the user's own registry of models, or empty

  bool has_model() const { return engine != "none"; }
  bool is_local() const { return engine == "llama"; }
};

/// Throws `invalid_input` where LANGUAGE_MODEL names an engine that lacks another setting.
ModelOptions model_options(const core::Config& config);

/// Where the model is called, with its key: that of LANGUAGE_API_KEY, else that of OPENAI_API_KEY where the
/// base URL is OpenAI's, which alone may see it. Null where no server is to be asked. Throws as
/// `model_options`, for a key that is missing and for what is wrong with PRICES_FILE.
std::unique_ptr<net::Vendor> model_vendor(const core::Config& config);

/// The file of the local model that the settings name; empty where none is used. Throws what `named_weights`
/// throws.
std::filesystem::path model_file(const ModelOptions& options);

/// Null where there is to be none. `transport` outlives it; only a server's model needs one. What is wrong
/// with a local model's file is said here, it is loaded later. Throws as `LlamaModel` and `named_weights` do,
/// and `internal` where there is no transport.
std::unique_ptr<LanguageModel> make_language_model(const ModelOptions& options, net::Transport* transport);

/// Loads what the first question would load, and tells the model's name; of a server's model it does nothing
/// but that, for a call may cost. Throws as `make_language_model`, and what loading throws.
std::string try_language_model(const ModelOptions& options);

}  // namespace reelwright::language
