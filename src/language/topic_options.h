#pragma once

#include "language/embedder_choice.h"
#include "language/topics.h"

namespace reelwright::language {

/// How the settings want topics to be told apart.
struct TopicOptions {
  TopicMethod method = TopicMethod::dynamic_program;
  EmbedderOptions embedder{};
};

/// As `config` has them. Throws `invalid_input` where TOPIC_METHOD needs an embedder and there is to be none.
TopicOptions topic_options(const core::Config& config);

}  // namespace reelwright::language
