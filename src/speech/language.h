#pragma once

#include <string_view>

namespace reelwright::speech {

/// Whether `language` (BCP 47) is some English; empty passes for English.
bool is_english(std::string_view language);

/// Throws `invalid_input` unless `is_english(language)`.
void require_english(std::string_view language);

}  // namespace reelwright::speech
