#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelwright::captions {

/// For each of `offsets` (bytes into `text`, UTF-8): whether a line may break there (UAX 14, dictionaries of
/// `language` for scripts without spaces).
std::vector<bool> may_break_at(const std::string& text, const std::vector<std::size_t>& offsets,
                               const std::string& language);

/// `word` in parts between which a line may break (after hyphens and slashes); one part where there is no
/// place.
std::vector<std::string> breakable_parts(const std::string& word);

/// The letters of `word` as a reader counts them (grapheme clusters, UAX 29).
std::vector<std::string> graphemes(const std::string& word);

}  // namespace reelwright::captions
