#pragma once

#include <string>
#include <string_view>

namespace reelwright::speech {

/// `token` in ASCII as far as that goes: accents dropped, typographic quotes and dashes made plain, ligatures
/// and full-width forms taken apart (Unicode NFKD). Signs that are read out (such as € or °) stay as they
/// are; all else is dropped.
std::string plain(std::string_view token);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_letter(char c) { return is_upper(c) || is_lower(c); }
std::string lower(std::string_view text);

}  // namespace reelwright::speech
