#pragma once

#include <string_view>

namespace reelwright::language {

/// English words that say nothing of what a text is about; `word` in lower case. Contractions are judged by
/// the part before the apostrophe too, which is why `don` and `isn` are among them.
bool is_english_stop_word(std::string_view word);

}  // namespace reelwright::language
