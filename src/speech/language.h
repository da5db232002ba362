#pragma once

#include <string_view>

namespace reelwright::speech {

/// Throws `invalid_input` unless `language` (BCP 47) is some English; empty passes for English.
void require_english(std::string_view language);

}  // namespace reelwright::speech
