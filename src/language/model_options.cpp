#include "language/model_options.h"

#include "core/config.h"
#include "language/openai_model.h"

namespace reelwright::language {

ModelOptions model_options(const core::Config& config) {
  ModelOptions options{.engine = config.text("LANGUAGE_MODEL"),
                       .model = config.text("LANGUAGE_MODEL_NAME"),
                       .most_tokens = config.integer("LANGUAGE_MAX_TOKENS"),
                       .is_required = config.text("LANGUAGE_FALLBACK") == "fail"};
  if (options.has_model()) options.base_url = net::endpoint_from(config, language_endpoint).base_url;
  return options;
}

std::unique_ptr<net::Vendor> model_vendor(const core::Config& config) {
  return model_options(config).has_model() ? net::vendor_from(config, language_endpoint, "/chat/completions")
                                           : nullptr;
}

std::unique_ptr<LanguageModel> make_language_model(const ModelOptions& options, net::Transport* transport) {
  if (!options.has_model()) return nullptr;
  return std::make_unique<OpenAiModel>(options, net::required(transport));
}

}  // namespace reelwright::language
