#include "speech/spoken_tables.h"

#include <algorithm>
#include <array>

namespace reelwright::speech {

namespace {

constexpr auto abbreviations = std::to_array<Reading>({
    {"mr", "mister"},
    {"mrs", "missus"},
    {"ms", "miz"},
    {"dr", "doctor"},
    {"prof", "professor"},
    {"st", "saint"},
    {"jr", "junior"},
    {"sr", "senior"},
    {"gen", "general"},
    {"sen", "senator"},
    {"rep", "representative"},
    {"gov", "governor"},
    {"capt", "captain"},
    {"lt", "lieutenant"},
    {"sgt", "sergeant"},
    {"col", "colonel"},
    {"rev", "reverend"},
    {"hon", "honorable"},
    {"vs", "versus"},
    {"etc", "et cetera"},
    {"e.g", "for example"},
    {"i.e", "that is"},
    {"approx", "approximately"},
    {"dept", "department"},
    {"inc", "incorporated"},
    {"ltd", "limited"},
    {"corp", "corporation"},
    {"co", "company"},
    {"bros", "brothers"},
    {"ave", "avenue"},
    {"blvd", "boulevard"},
    {"rd", "road"},
    {"mt", "mount"},
    {"jan", "january"},
    {"feb", "february"},
    {"mar", "march"},
    {"apr", "april"},
    {"aug", "august"},
    {"sept", "september"},
    {"sep", "september"},
    {"oct", "october"},
    {"nov", "november"},
    {"dec", "december"},
    {"mon", "monday"},
    {"tue", "tuesday"},
    {"tues", "tuesday"},
    {"wed", "wednesday"},
    {"thu", "thursday"},
    {"thurs", "thursday"},
    {"fri", "friday"},
    {"vol", "volume"},
    {"fig", "figure"},
    {"pp", "pages"},
    {"ph.d", "p h d"},
    {"a.m", "a m"},
    {"p.m", "p m"},
    {"u.s", "u s"},
    {"u.k", "u k"},
    {"u.s.a", "u s a"},
    {"u.n", "u n"},
    {"w/o", "without"},
    {"w/", "with"},
    {"b/c", "because"},
    {"24/7", "twenty four seven"},
});

// These are words of their own when no full stop follows.
constexpr auto words_without_stop =
    std::to_array<std::string_view>({"co", "col", "gen", "gov", "mar", "may", "mon", "mt", "rep", "rev",
                                     "sat", "sun", "wed", "fig", "inc", "sen", "hon", "dec"});

constexpr auto units = std::to_array<Reading>({
    {"km", "kilometers"},
    {"m", "meters"},
    {"cm", "centimeters"},
    {"mm", "millimeters"},
    {"mi", "miles"},
    {"ft", "feet"},
    {"in", "inches"},
    {"yd", "yards"},
    {"kg", "kilograms"},
    {"g", "grams"},
    {"mg", "milligrams"},
    {"lb", "pounds"},
    {"lbs", "pounds"},
    {"oz", "ounces"},
    {"l", "liters"},
    {"ml", "milliliters"},
    {"km/h", "kilometers per hour"},
    {"kmh", "kilometers per hour"},
    {"kph", "kilometers per hour"},
    {"mph", "miles per hour"},
    {"m/s", "meters per second"},
    {"fps", "frames per second"},
    {"hz", "hertz"},
    {"khz", "kilohertz"},
    {"mhz", "megahertz"},
    {"ghz", "gigahertz"},
    {"kb", "kilobytes"},
    {"mb", "megabytes"},
    {"gb", "gigabytes"},
    {"tb", "terabytes"},
    {"w", "watts"},
    {"kw", "kilowatts"},
    {"mw", "megawatts"},
    {"kwh", "kilowatt hours"},
    {"v", "volts"},
    {"ms", "milliseconds"},
    {"s", "seconds"},
    {"sec", "seconds"},
    {"min", "minutes"},
    {"mins", "minutes"},
    {"h", "hours"},
    {"hr", "hours"},
    {"hrs", "hours"},
    {"db", "decibels"},
    {"px", "pixels"},
    {"am", "a m"},
    {"pm", "p m"},
    {"x", "times"},
    {"%", "percent"},
    {"°", "degrees"},
    {"°c", "degrees celsius"},
    {"°f", "degrees fahrenheit"},
    {"c", "celsius"},
    {"f", "fahrenheit"},
    {"k", "thousand"},
    {"bn", "billion"},
    {"tn", "trillion"},
    {"sq", "square"},
});

constexpr auto symbols = std::to_array<Reading>({
    {"&", "and"},
    {"+", "plus"},
    {"=", "equals"},
    {"@", "at"},
    {"%", "percent"},
    {"°", "degrees"},
    {"×", "times"},
    {"÷", "divided by"},
    {"<", "less than"},
    {">", "greater than"},
    {"#", "number"},
    {"§", "section"},
    {"©", "copyright"},
    {"±", "plus or minus"},
    {"≈", "about"},
    {"≤", "less than or equal to"},
    {"≥", "greater than or equal to"},
    {"½", "one half"},
    {"¼", "one quarter"},
    {"¾", "three quarters"},
    {"π", "pi"},
    {"µ", "micro"},
    {"Ω", "ohms"},
    {"$", "dollars"},
    {"€", "euros"},
    {"£", "pounds"},
    {"→", "to"},
    {"¥", "yen"},
    {"₹", "rupees"},
});

constexpr auto spelled = std::to_array<Reading>({
    {"us", "u s"}, {"it", "i t"}, {"ok", "okay"},   {"pm", "p m"},    {"am", "a m"},    {"ai", "a i"},
    {"eu", "e u"}, {"un", "u n"}, {"ad", "a d"},    {"id", "i d"},    {"ip", "i p"},    {"pr", "p r"},
    {"hr", "h r"}, {"ui", "u i"}, {"ux", "u x"},    {"os", "o s"},    {"la", "l a"},    {"vr", "v r"},
    {"ar", "a r"}, {"pa", "p a"}, {"ceo", "c e o"}, {"usa", "u s a"}, {"api", "a p i"}, {"aids", "aids"},
});

constexpr auto currencies = std::to_array<Currency>({
    {"$", "dollar", "dollars", "cents"},
    {"€", "euro", "euros", "cents"},
    {"£", "pound", "pounds", "pence"},
    {"¥", "yen", "yen", ""},
    {"₹", "rupee", "rupees", "paise"},
});

constexpr auto before_roman = std::to_array<std::string_view>(
    {"chapter", "part", "volume", "book", "act", "scene", "section", "article", "title", "war", "phase",
     "type", "class", "level", "appendix", "figure", "table", "bowl"});

constexpr auto domains =
    std::to_array<std::string_view>({"com", "org", "net", "edu", "gov", "mil", "io", "ai", "dev", "app", "co",
                                     "uk", "de", "fr", "eu", "us", "tv", "me", "info"});

template <std::size_t N>
std::string_view find(const std::array<Reading, N>& table, std::string_view written) {
  const auto found = std::ranges::find(table, written, &Reading::written);
  return found == table.end() ? std::string_view{} : found->spoken;
}

}  // namespace

std::string_view abbreviation(std::string_view written) {
  const bool stopped = written.ends_with('.');
  if (stopped) written.remove_suffix(1);
  if (!stopped && std::ranges::contains(words_without_stop, written)) return {};
  return find(abbreviations, written);
}

std::string_view unit(std::string_view written) {
  if (written.ends_with('.')) written.remove_suffix(1);
  return find(units, written);
}

std::string_view symbol(std::string_view written) { return find(symbols, written); }

std::string_view letters_word(std::string_view written) { return find(spelled, written); }

const Currency* currency(std::string_view sign) {
  const auto found = std::ranges::find(currencies, sign, &Currency::sign);
  return found == currencies.end() ? nullptr : &*found;
}

bool is_scale(std::string_view word) {
  return word == "hundred" || word == "thousand" || word == "million" || word == "billion" ||
         word == "trillion";
}

std::string_view scale_of(char suffix) {
  switch (suffix) {
    case 'k':
      return "thousand";
    case 'm':
      return "million";
    case 'b':
      return "billion";
    case 't':
      return "trillion";
    default:
      return {};
  }
}

bool takes_roman_numeral(std::string_view before) { return std::ranges::contains(before_roman, before); }

int roman_value(std::string_view written) {
  int tens = 0;
  while (written.starts_with('x') && tens < 3) {
    written.remove_prefix(1);
    ++tens;
  }
  constexpr std::array<std::string_view, 10> ones = {"",  "i",  "ii",  "iii",  "iv",
                                                     "v", "vi", "vii", "viii", "ix"};
  const auto found = std::ranges::find(ones, written);
  return found == ones.end() ? 0 : tens * 10 + static_cast<int>(found - ones.begin());
}

bool is_top_level_domain(std::string_view word) { return std::ranges::contains(domains, word); }

}  // namespace reelwright::speech
