#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace reelwright::speech {

/// The first part of `language` (BCP 47) in lower case, for example `pt` of `pt-BR`; `en` for some names of
/// English, and where it is empty.
std::string primary_language(std::string_view language);

/// Whether `language` (BCP 47) is some English; empty passes for English.
bool is_english(std::string_view language);

/// Throws `invalid_input` unless `is_english(language)`.
void require_english(std::string_view language);

/// Throws `invalid_input`: the model in `file` knows only English, and not the `language` that is asked for.
[[noreturn]] void refuse_other_than_english(const std::filesystem::path& file, std::string_view language);

}  // namespace reelwright::speech
