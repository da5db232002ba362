#include "language/embedder_choice.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "inference/named_model.h"
#include "language/onnx_embedder.h"
#include "language/openai_embedder.h"

namespace reelwright::language {

namespace {

std::filesystem::path whole_path(const std::filesystem::path& path) {
  return path.empty() ? path : std::filesystem::absolute(path);
}

}  // namespace

EmbedderOptions embedder_options(const core::Config& config) {
  EmbedderOptions options{.engine = config.text("EMBEDDER"),
                          .model = config.text("EMBEDDER_MODEL"),
                          .models_dir = whole_path(config.path("MODELS_DIR")),
                          .registry = whole_path(config.path("MODELS_REGISTRY")),
                          .provider = config.text("EXECUTION_PROVIDER")};
  if (options.engine == "openai") options.base_url = net::endpoint_from(config, embedder_endpoint).base_url;
  return options;
}

std::filesystem::path embedder_file(const EmbedderOptions& options) {
  if (options.model.empty())
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("EMBEDDER is '{}' and needs a model; name one by EMBEDDER_MODEL.", options.engine));
  return inference::named_weights(options.model, inference::Role::embedder, options.models_dir,
                                  options.registry);
}

std::unique_ptr<TextEmbedder> make_embedder(const EmbedderOptions& options, unsigned threads,
                                            net::Transport* transport) {
  if (!options.has_embedder()) return nullptr;
  if (options.engine == "openai")
    return std::make_unique<OpenAiEmbedder>(options.base_url, options.model, net::required(transport));
  return std::make_unique<OnnxEmbedder>(
      embedder_file(options), inference::OnnxOptions{.provider = options.provider, .threads = threads});
}

}  // namespace reelwright::language
