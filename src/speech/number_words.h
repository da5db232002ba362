#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelwright::speech {

/// Numbers as an American reader says them, in lower-case words. Arguments are digits only (checked by the
/// caller); more than 15 digits are read one by one.
using Words = std::vector<std::string>;

Words cardinal_words(std::string_view digits);  ///< 1234: one thousand two hundred thirty four
Words ordinal_words(std::string_view digits);   ///< 21: twenty first
Words digit_words(std::string_view digits);     ///< 007: zero zero seven
Words year_words(std::string_view digits);      ///< four digits; 1905: nineteen oh five, 2012: twenty twelve

/// Whether four digits are more likely a year than a quantity: 1100 to 2099.
bool looks_like_year(std::string_view digits);

}  // namespace reelwright::speech
