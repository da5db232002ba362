#pragma once

#include "language/text_embedder.h"
#include "stage/workspace.h"

namespace reelwright::clips {

/// Keeps what another embedder makes of a talk in the workspace, and finds it there: the same sentences are
/// asked for when clips are chosen, chosen anew and told of, today and in the next run.
class KeptEmbedder final : public language::TextEmbedder {
 public:
  /// Both outlive it.
  KeptEmbedder(language::TextEmbedder& embedder, stage::Workspace& workspace)
      : embedder_(embedder), workspace_(workspace) {}

  std::string name() const override { return embedder_.name(); }
  language::Embeddings embed(const std::vector<std::string>& texts, const core::Context& context) override;

 private:
  language::TextEmbedder& embedder_;
  stage::Workspace& workspace_;
};

}  // namespace reelwright::clips
