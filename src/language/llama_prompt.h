#pragma once

#include <llama.h>

#include <string>
#include <string_view>
#include <vector>

#include "language/llama_file.h"

namespace reelwright::language {

/// A question as the model is to read it: `task` and `data` in the places that its own chat template has for
/// the system's and the user's words, or, where it has none or llama.cpp does not know it, in a plain one.
/// Whatever stands in `task` and `data` is text: no piece of it becomes a mark of the template.
/// Throws `internal` where the vocabulary has no pieces for a text.
std::vector<llama_token> prompt_tokens(const LlamaFile& file, std::string_view task, std::string_view data);

/// JSON that means the same, with the letters in its strings spelled out of which marks of templates are
/// made: of some models the marks are words like any other (`[INST]`).
std::string without_marks(std::string_view json);

}  // namespace reelwright::language
