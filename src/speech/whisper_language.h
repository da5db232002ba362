#pragma once

#include <string>
#include <string_view>

namespace reelwright::speech {

/// What a user writes where the language is to be found out.
inline constexpr std::string_view any_language = "auto";

/// Whisper's own name of `language` (BCP 47, or its English name): "pt" of "pt-BR". Empty is English, `auto`
/// stays. Throws `invalid_input` for one that Whisper does not know.
std::string whisper_language(std::string_view language);

}  // namespace reelwright::speech
