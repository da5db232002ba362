#include "clips/kept_embedder.h"

#include <fmt/format.h>

#include "core/digest.h"
#include "stage/json_artifact.h"

namespace reelwright::clips {

namespace {

// Raised when the code of embedders changes what they make: artifacts of older code are then made anew.
constexpr int embeddings_version = 1;

std::string digest_of(const std::vector<std::string>& texts) {
  core::Sha256 digest;
  for (const std::string& text : texts) digest.update(fmt::format("{} {}\n", text.size(), text));
  return digest.finish();
}

}  // namespace

language::Embeddings KeptEmbedder::embed(const std::vector<std::string>& texts,
                                         const core::Context& context) {
  const std::string key = fmt::format("{} {} {}", embeddings_version, name(), digest_of(texts));
  return stage::produce_json<language::Embeddings>(
             workspace_, "embeddings.json", key, [&] { return embedder_.embed(texts, context); },
             stage::Older::kept)
      .first;
}

}  // namespace reelwright::clips
