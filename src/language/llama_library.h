#pragma once

#include <string>

namespace reelwright::language {

/// Once a process: what the library says goes into our log, the backends that are installed are loaded.
void prepare_llama();

/// What the library complained of last on this thread, in one line; and forgets it.
std::string last_llama_complaint();

}  // namespace reelwright::language
