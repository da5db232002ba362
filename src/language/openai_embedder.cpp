#include "language/openai_embedder.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "core/json.h"
#include "core/text.h"
#include "language/embeddings_answer.h"
#include "net/refusal.h"

namespace reelwright::language {

// As it stands on the wire. Named, not in an unnamed namespace: glaze reflects it.
struct EmbeddingsBodyJson {
  std::string model;
  std::vector<std::string> input;
  std::string encoding_format = "float";  // every server knows it
};

namespace {

constexpr const char* path = "/embeddings";
// As decimal digits a vector of 4,096 numbers takes some 90 kB; an answer must go through the worker's
// socket.
constexpr std::size_t most_texts = 32;
constexpr std::uint64_t largest_answer = 3 << 20;

}  // namespace

std::unique_ptr<net::Vendor> embedder_vendor(const core::Config& config) {
  if (config.text("EMBEDDER") != "openai") return nullptr;
  auto vendor = net::vendor_from(config, embedder_endpoint, path);
  vendor->endpoint.largest_answer = largest_answer;
  return vendor;
}

std::string OpenAiEmbedder::name() const { return fmt::format("{} at {}", model_, base_url_); }

std::size_t OpenAiEmbedder::batch_size() const { return most_texts; }

Embeddings OpenAiEmbedder::embed_batch(std::span<const std::string> texts, const std::stop_token& stop) {
  const EmbeddingsBodyJson body{.model = model_, .input = {texts.begin(), texts.end()}};
  const net::ApiAnswer answer = transport_.post({.role = embedder_endpoint.role,
                                                 .path = path,
                                                 .body = core::to_json(body, "texts for an embedder"),
                                                 .stage = "selection"},
                                                stop);
  if (!answer.good())
    throw net::refusal(answer, net::vendor_error(answer.body), {embedder_endpoint, base_url_, model_, path});
  auto made = read_embeddings(answer.body, texts.size());
  if (!made)
    throw core::Error(
        core::ErrorCode::unavailable,
        fmt::format("What {} answers is not a vector for each text; is EMBEDDER_BASE_URL right, "
                    "and EMBEDDER_MODEL a model of embeddings?",
                    base_url_),
        fmt::format("x-request-id {} {}", answer.request_id, core::printable(answer.body, 300)));
  return *std::move(made);
}

}  // namespace reelwright::language
