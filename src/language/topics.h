#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/context.h"
#include "language/line.h"
#include "language/text_embedder.h"

namespace reelwright::language {

enum class TopicMethod {
  dynamic_program,
  text_tiling,  ///< needs an embedder
};

/// Throws `invalid_input` where the method needs an embedder and there is none.
void check_method(TopicMethod method, bool has_embedder);

/// By what topics are told apart.
struct TopicTools {
  TopicMethod method = TopicMethod::dynamic_program;
  TextEmbedder* embedder = nullptr;  ///< by what is meant; null: by the words and their stems
};

struct TopicRequest {
  std::optional<std::size_t> count;  ///< number of topics, when it is known
  std::string language = "en";       ///< BCP 47
  TopicTools tools{};
};

/// The 0-based lines that begin a new topic, ascending, line 0 left out; with `count` exactly `count - 1` of
/// them.
///
/// The segmentation of highest probability: cohesion of each segment (`WordCohesion`, or `VectorCohesion`
/// where there is an embedder) plus evidence at each boundary (see `boundary_evidence`), found exactly by
/// dynamic programming (Utiyama & Isahara 2001; see `divide_freely`). Without `count` every segment pays a
/// price that grows with the logarithm of the text's length. Or TextTiling, which knows nothing of evidence
/// (`tile_boundaries`). Throws `invalid_input` when `count` is 0 or above the number of lines, or where
/// TextTiling has no embedder; `too_large` above 100,000 lines or when lines times `count` is over 16
/// million; `cancelled`; what the embedder throws.
std::vector<std::size_t> topic_boundaries(const std::vector<Line>& lines, const TopicRequest& request = {},
                                          const core::Context& context = {});

}  // namespace reelwright::language
