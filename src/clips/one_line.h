#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reelwright::clips {

/// Texts of a language model, which strangers lead on by what they say in a recording.

/// `text` on one line, of at most `longest` characters (cut at a space, with an ellipsis): valid UTF-8
/// without control characters, turned directions and runs of blanks. Empty where it holds an address of the
/// web, which nobody asked for.
std::string one_line(std::string_view text, std::size_t longest);

/// "#home_baking" of the letters, digits and underscores of `text`, at most 30 characters; empty where there
/// is no letter.
std::string hashtag(std::string_view text);

}  // namespace reelwright::clips
