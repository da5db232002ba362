#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reelwright::language {

/// What is neither seen nor a blank: control and format characters, private and unassigned ones, U+FFFD.
bool is_unseen(char32_t character);

/// `text` without what is unseen and without broken UTF-8, each run of white space one blank, none at the
/// ends; at most `longest` bytes, cut between characters. Takes no longer for what is behind them.
std::string clean_text(std::string_view text, std::size_t longest);

}  // namespace reelwright::language
