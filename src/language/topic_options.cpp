#include "language/topic_options.h"

#include "core/config.h"
#include "core/error.h"

namespace reelwright::language {

TopicOptions topic_options(const core::Config& config) {
  const TopicOptions options{.method = config.text("TOPIC_METHOD") == "text_tiling"
                                           ? TopicMethod::text_tiling
                                           : TopicMethod::dynamic_program,
                             .embedder = embedder_options(config)};
  check_method(options.method, options.embedder.has_embedder());
  return options;
}

}  // namespace reelwright::language
