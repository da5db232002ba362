#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelwright::transcript {

/// The words of running text, in order. White space parts words; scripts that write none (Han, kana, Thai,
/// Lao, Khmer, Burmese) are parted by ICU's dictionaries. Punctuation that stands alone joins the word before
/// it (an opening quote the word after), notes of music and control characters are dropped. `text` must be
/// UTF-8.
std::vector<std::string> split_words(std::string_view text);

/// `token` without white space, control characters and notes of music.
std::string printable(std::string_view token);

/// Whether a space is written between two words that follow each other: not inside a script that writes none.
bool space_between(std::string_view left, std::string_view right);

/// Adds `word` to the running text, after a space where `space_between` says so.
void append_word(std::string& text, std::string_view word);

}  // namespace reelwright::transcript
