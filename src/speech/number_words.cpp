#include "speech/number_words.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace reelwright::speech {

namespace {

constexpr std::array<const char*, 20> small = {"zero",    "one",     "two",       "three",    "four",
                                               "five",    "six",     "seven",     "eight",    "nine",
                                               "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                               "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<const char*, 10> tens = {"",      "",      "twenty",  "thirty", "forty",
                                              "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::pair<std::uint64_t, const char*>, 4> scales = {{{1'000'000'000'000, "trillion"},
                                                                          {1'000'000'000, "billion"},
                                                                          {1'000'000, "million"},
                                                                          {1'000, "thousand"}}};
constexpr std::array<std::pair<std::string_view, const char*>, 7> odd_ordinals = {{{"one", "first"},
                                                                                   {"two", "second"},
                                                                                   {"three", "third"},
                                                                                   {"five", "fifth"},
                                                                                   {"eight", "eighth"},
                                                                                   {"nine", "ninth"},
                                                                                   {"twelve", "twelfth"}}};
constexpr std::size_t most_digits = 15;

void add_below_thousand(std::uint64_t value, Words& words) {
  if (value >= 100) {
    words.insert(words.end(), {small[value / 100], "hundred"});
    value %= 100;
    if (value == 0) return;
  }
  if (value < 20) {
    words.emplace_back(small[value]);
    return;
  }
  words.emplace_back(tens[value / 10]);
  if (value % 10 != 0) words.emplace_back(small[value % 10]);
}

std::uint64_t value_of(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

}  // namespace

Words digit_words(std::string_view digits) {
  Words words;
  for (const char digit : digits) words.emplace_back(small[static_cast<std::size_t>(digit - '0')]);
  return words;
}

Words cardinal_words(std::string_view digits) {
  if (digits.size() > most_digits) return digit_words(digits);
  std::uint64_t value = value_of(digits);
  Words words;
  for (const auto& [scale, name] : scales) {
    if (value < scale) continue;
    add_below_thousand(value / scale, words);
    words.emplace_back(name);
    value %= scale;
  }
  if (value > 0 || words.empty()) add_below_thousand(value, words);
  return words;
}

Words ordinal_words(std::string_view digits) {
  Words words = cardinal_words(digits);
  std::string& last = words.back();
  for (const auto& [cardinal, ordinal] : odd_ordinals) {
    if (last == cardinal) {
      last = ordinal;
      return words;
    }
  }
  if (last.ends_with('y')) {
    last.replace(last.size() - 1, 1, "ieth");
  } else {
    last += "th";
  }
  return words;
}

bool looks_like_year(std::string_view digits) {
  return digits.size() == 4 && value_of(digits) >= 1100 && value_of(digits) <= 2099;
}

Words year_words(std::string_view digits) {
  const std::string_view century = digits.substr(0, 2);
  const std::string_view rest = digits.substr(2);
  if (digits.substr(1, 2) == "00") return cardinal_words(digits);  // two thousand nine
  Words words = cardinal_words(century);
  if (rest == "00") {
    words.emplace_back("hundred");
  } else if (rest.front() == '0') {
    words.emplace_back("oh");
    append(words, cardinal_words(rest));
  } else {
    append(words, cardinal_words(rest));
  }
  return words;
}

}  // namespace reelwright::speech
