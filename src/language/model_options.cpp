#include "language/model_options.h"

#include "core/config.h"
#include "core/error.h"
#include "inference/named_model.h"
#include "language/llama_model.h"
#include "language/openai_model.h"

namespace reelwright::language {

namespace {

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
  const core::Config::Value& engine = config.value("LANGUAGE_MODEL");
  if (options.is_local() && options.model.empty())
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("LANGUAGE_MODEL is {} ({}), so LANGUAGE_MODEL_NAME must name a file in GGUF "
                    "format or an installed model.",
                    engine.text, engine.place));
  if (!options.is_local()) options.base_url = net::endpoint_from(config, language_endpoint).base_url;
  return options;
}

std::unique_ptr<net::Vendor> model_vendor(const core::Config& config) {
  const ModelOptions options = model_options(config);
  const bool is_remote = options.has_model() && !options.is_local();
  return is_remote ? net::vendor_from(config, language_endpoint, "/chat/completions") : nullptr;
}

std::filesystem::path model_file(const ModelOptions& options) {
  if (!options.is_local()) return {};
  return inference::named_weights(options.model, inference::Role::language_model, options.models_dir,
                                  options.registry);
}

std::unique_ptr<LanguageModel> make_language_model(const ModelOptions& options, net::Transport* transport) {
  if (!options.has_model()) return nullptr;
  if (options.is_local()) return std::make_unique<LlamaModel>(llama_options(options));
  return std::make_unique<OpenAiModel>(options, net::required(transport));
}

std::string try_language_model(const ModelOptions& options) {
  if (!options.is_local()) return options.model;
  LlamaModel model(llama_options(options));
  model.load({});
  return model.name();
}

}  // namespace reelwright::language
