#pragma once

#include <string>
#include <string_view>

namespace reelwright::speech {

/// The text that a model is made to believe went before: `prompt`, and behind it, where it works best, the
/// `hot_words` (names and terms, commas between) as a list. Empty where both are. Throws `invalid_input`
/// where they are too long (1000 bytes) to be heeded.
std::string recognition_prompt(std::string_view prompt, std::string_view hot_words);

}  // namespace reelwright::speech
