#include "language/model_options.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "inference/named_model.h"
#include "language/llama_model.h"
#include "language/openai_model.h"

namespace reelwright::language {

namespace {

constexpr std::string_view openai_host = "api.openai.com";

std::string base_url(const core::Config& config) {
  return net::checked_base_url(config.text("LANGUAGE_BASE_URL"), "LANGUAGE_BASE_URL");
}

[[noreturn]] void throw_missing(const core::Config& config, std::string_view what) {
  const core::Config::Value& engine = config.value("LANGUAGE_MODEL");
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("LANGUAGE_MODEL is {} ({}), so {}.", engine.text, engine.place, what));
}

net::Endpoint endpoint(const core::Config& config, const ModelOptions& options) {
  const bool is_openai = net::host_of(options.base_url) == openai_host;
  const bool own_key = !is_openai || !config.text("LANGUAGE_API_KEY").empty();
  const char* key_setting = own_key ? "LANGUAGE_API_KEY" : "OPENAI_API_KEY";
  if (is_openai && config.text(key_setting).empty())
    throw_missing(config, "LANGUAGE_API_KEY or OPENAI_API_KEY must hold a key of OpenAI's");
  return {.role = language_role,
          .base_url = options.base_url,
          .api_key = config.text(key_setting),
          .model = options.model,
          .paths = {"/chat/completions"},
          .timeout = std::chrono::seconds(config.integer("LANGUAGE_TIMEOUT")),
          .url_setting = "LANGUAGE_BASE_URL",
          .key_setting = key_setting,
          .model_setting = "LANGUAGE_MODEL_NAME",
          .timeout_setting = "LANGUAGE_TIMEOUT"};
}

LlamaModel::Options llama_options(const ModelOptions& options) {
  return {.file = model_file(options),
          .longest_context = static_cast<std::size_t>(options.context_tokens),
          .longest_answer = static_cast<std::size_t>(options.most_tokens)};
}

}  // namespace

ModelOptions model_options(const core::Config& config) {
  ModelOptions options{.engine = config.text("LANGUAGE_MODEL"),
                       .model = config.text("LANGUAGE_MODEL_NAME"),
                       .most_tokens = config.integer("LANGUAGE_MAX_TOKENS"),
                       .context_tokens = config.integer("LANGUAGE_CONTEXT"),
                       .is_required = config.text("LANGUAGE_FALLBACK") == "fail",
                       .models_dir = config.path("MODELS_DIR"),
                       .registry = config.path("MODELS_REGISTRY")};
  if (!options.has_model()) return options;
  if (options.model.empty())
    throw_missing(config, options.is_local()
                              ? "LANGUAGE_MODEL_NAME must name a file in GGUF format or an installed model"
                              : "LANGUAGE_MODEL_NAME must name the server's model to ask");
  if (options.is_local()) return options;
  options.base_url = base_url(config);
  return options;
}

std::unique_ptr<net::Vendor> model_vendor(const core::Config& config) {
  const ModelOptions options = model_options(config);
  if (!options.has_model() || options.is_local()) return nullptr;
  return std::unique_ptr<net::Vendor>(new net::Vendor{
      .endpoint = endpoint(config, options), .prices = net::Prices::load(config.path("PRICES_FILE"))});
}

std::filesystem::path model_file(const ModelOptions& options) {
  if (!options.is_local()) return {};
  return inference::named_weights(options.model, inference::Role::language_model, options.models_dir,
                                  options.registry);
}

std::unique_ptr<LanguageModel> make_language_model(const ModelOptions& options, net::Transport* transport) {
  if (!options.has_model()) return nullptr;
  if (options.is_local()) return std::make_unique<LlamaModel>(llama_options(options));
  if (!transport)
    throw core::Error(core::ErrorCode::internal, "This process has no way to call a language model.");
  return std::make_unique<OpenAiModel>(options, *transport);
}

std::string try_language_model(const ModelOptions& options) {
  if (!options.is_local()) return options.model;
  LlamaModel model(llama_options(options));
  model.load({});
  return model.name();
}

}  // namespace reelwright::language
