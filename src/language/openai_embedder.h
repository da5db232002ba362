#pragma once

#include <memory>
#include <string>

#include "language/batch_embedder.h"
#include "net/api_client.h"

namespace reelwright::language {

/// Where a server is the embedder.
inline constexpr net::EndpointSettings embedder_endpoint{.role = "embedder",
                                                         .engine = "EMBEDDER",
                                                         .base_url = "EMBEDDER_BASE_URL",
                                                         .key = "EMBEDDER_API_KEY",
                                                         .model = "EMBEDDER_MODEL",
                                                         .timeout = "EMBEDDER_TIMEOUT"};

/// Its place with its key; null where none is to be. Throws as `net::vendor_from`.
std::unique_ptr<net::Vendor> embedder_vendor(const core::Config& config);

/// A model behind `POST /embeddings` of OpenAI or of any server that speaks like it.
class OpenAiEmbedder final : public BatchEmbedder {
 public:
  /// `transport` outlives it.
  OpenAiEmbedder(std::string base_url, std::string model, net::Transport& transport)
      : base_url_(std::move(base_url)), model_(std::move(model)), transport_(transport) {}

  std::string name() const override;

 private:
  std::size_t batch_size() const override;
  Embeddings embed_batch(std::span<const std::string> texts, const std::stop_token& stop) override;

  const std::string base_url_, model_;
  net::Transport& transport_;
};

}  // namespace reelwright::language
