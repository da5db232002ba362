#pragma once

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
  std::string engine = "none";  ///< `none`, `openai`
  std::string base_url{};       ///< for messages
  std::string model{};
  int most_tokens = 8000;   ///< of an answer
  bool is_required = true;  ///< what it fails at fails; else it is gone on without it

  bool has_model() const { return engine != "none"; }
};

/// Throws `invalid_input` where LANGUAGE_MODEL names an engine that lacks another setting.
ModelOptions model_options(const core::Config& config);

/// Where the model is called, with its key: that of LANGUAGE_API_KEY, else that of OPENAI_API_KEY where the
/// base URL is OpenAI's, which alone may see it. Null where there is to be no model. Throws as
/// `model_options`, for a key that is missing and for what is wrong with PRICES_FILE.
std::unique_ptr<net::Vendor> model_vendor(const core::Config& config);

/// Null where there is to be none. `transport` outlives it. Throws `internal` where it is null and needed.
std::unique_ptr<LanguageModel> make_language_model(const ModelOptions& options, net::Transport* transport);

}  // namespace reelwright::language
