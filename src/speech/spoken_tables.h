#pragma once

#include <string_view>

namespace reelwright::speech {

/// What a written form is read as: words parted by spaces. Keys are lower case.
struct Reading {
  std::string_view written;
  std::string_view spoken;
};

/// Money by its sign: one, many, and the hundredth part.
struct Currency {
  std::string_view sign;
  std::string_view one;
  std::string_view many;
  std::string_view cents;
};

/// Each gives an empty view (or null) where the table has no such entry.
std::string_view abbreviation(std::string_view written);  ///< "dr." or "etc."; with or without its full stop
std::string_view unit(std::string_view written);          ///< after a number only: "km" is kilometers
std::string_view symbol(std::string_view written);        ///< "&" is and
std::string_view letters_word(
    std::string_view written);  ///< capitals that are spelled though a word looks alike: "us"
const Currency* currency(std::string_view sign);
bool is_scale(std::string_view word);               ///< hundred, thousand, million, ...
std::string_view scale_of(char suffix);             ///< 'm' in $5m is million
bool takes_roman_numeral(std::string_view before);  ///< after chapter, part, war ...
int roman_value(std::string_view written);          ///< 1 to 39, lower case; 0 where it is none
bool is_top_level_domain(std::string_view word);

}  // namespace reelwright::speech
