#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "inference/parakeet_shape.h"

namespace reelwright::speech {

/// BCP 47 of a language that nobody tells.
inline constexpr std::string_view unknown_language = "und";

/// The language of what the model in `file` writes where `asked` (BCP 47, or `auto`) is spoken. The model
/// itself is not told: it writes down whatever it hears, and does not say which of its languages that was, so
/// `auto` is `unknown_language` with a multilingual one. Throws `invalid_input` for a language that it does
/// not know.
std::string parakeet_language(std::string_view asked, const inference::ParakeetShape& shape,
                              const std::filesystem::path& file);

}  // namespace reelwright::speech
