#include "speech/normalise.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "speech/number_words.h"
#include "speech/plain_text.h"
#include "speech/spoken_tables.h"

namespace reelwright::speech {

namespace {

constexpr std::size_t most_words = 64;
constexpr std::size_t longest_word = 40;

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

void append(Words& words, std::string_view spoken) {
  while (!spoken.empty()) {
    const std::size_t space = std::min(spoken.find(' '), spoken.size());
    words.emplace_back(spoken.substr(0, space));
    spoken.remove_prefix(std::min(space + 1, spoken.size()));
  }
}

std::string_view trimmed(std::string_view text, std::string_view left, std::string_view right) {
  while (!text.empty() && left.contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && right.contains(text.back())) text.remove_suffix(1);
  return text;
}

bool all(std::string_view text, bool (*holds)(char)) {
  return !text.empty() && std::ranges::all_of(text, holds);
}

// "1,234,567" without its commas; nothing where commas stand elsewhere.
std::optional<std::string> ungrouped(std::string_view number) {
  std::string digits;
  std::size_t since = 0;
  bool grouped = false;
  for (const char c : number) {
    if (c == ',') {
      if (since == 0 || since > 3 || (grouped && since != 3)) return std::nullopt;
      grouped = true;
      since = 0;
      continue;
    }
    digits += c;
    ++since;
  }
  if (grouped && since != 3) return std::nullopt;
  return digits;
}

/// Reads one token; knows its neighbours, because "$5 million" and "5 km" are read across tokens.
class TokenReader {
 public:
  struct Neighbours {
    std::string before;  ///< the token before, plain and in lower case
    std::string after;   ///< the token after, likewise
    bool number_before = false;
    bool scale_taken = false;  ///< this token was read with the money before it
  };

  TokenReader(const Neighbours& neighbours, const std::function<bool(const std::string&)>& known)
      : near_(neighbours), known_(known) {}

  Words read(std::string_view token);
  bool took_scale() const { return took_scale_; }

 private:
  bool read_whole(std::string_view token);
  bool read_address(std::string_view token);
  void read_address_part(std::string_view part);
  bool read_money(std::string_view token);
  bool read_clock(std::string_view token);
  void read_runs(std::string_view token);
  std::size_t read_number(std::string_view text);
  void read_digits(std::string_view digits, bool may_be_year);
  void read_letters(std::string_view letters);
  void read_name(std::string_view letters);
  void spell(std::string_view letters);

  const Neighbours& near_;
  const std::function<bool(const std::string&)>& known_;
  Words words_;
  bool took_scale_ = false;
};

Words TokenReader::read(std::string_view token) {
  const std::string_view open = "\"'([{<*_~`-";
  const std::string_view close = "\"')]}>*_~`-,;:!?";
  if (near_.scale_taken) return {};
  const std::string_view bare = trimmed(token, open, close);
  const std::string_view unstopped = trimmed(bare, open, "\"')]}>*_~`-,;:!?.");
  if (bare.empty()) {
    append(words_, symbol(token));
  } else if (!read_whole(bare) && !read_whole(unstopped)) {
    read_runs(unstopped);
  }
  if (words_.size() > most_words) words_.resize(most_words);
  for (std::string& word : words_) word.resize(std::min(word.size(), longest_word));
  return std::move(words_);
}

bool TokenReader::read_whole(std::string_view token) {
  const std::string low = lower(token);
  if (near_.number_before && !unit(low).empty()) {
    append(words_, unit(low));
    return true;
  }
  if (const auto spoken = abbreviation(low); !spoken.empty()) {
    append(words_, spoken);
    return true;
  }
  if ((low == "no." || low == "nos.") && !near_.after.empty() && is_digit(near_.after.front())) {
    words_.emplace_back(low == "no." ? "number" : "numbers");
    return true;
  }
  if (takes_roman_numeral(near_.before) && all(token, is_upper) && roman_value(low) > 0) {
    append(words_, cardinal_words(std::to_string(roman_value(low))));
    return true;
  }
  return read_address(token) || read_money(token) || read_clock(token);
}

// www.example.org/a-b and name@example.org, letter by sign. The scheme is never said.
bool TokenReader::read_address(std::string_view token) {
  const std::size_t scheme = token.find("://");
  if (scheme != std::string_view::npos) token.remove_prefix(scheme + 3);
  const std::string_view host = token.substr(0, token.find('/'));
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  if (scheme == std::string_view::npos && !is_top_level_domain(lower(host.substr(dot + 1)))) return false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= token.size(); ++i) {
    if (i < token.size() && (is_letter(token[i]) || is_digit(token[i]) || token[i] == '\'')) continue;
    const std::string_view part = token.substr(begin, i - begin);
    read_address_part(part);
    begin = i + 1;
    if (i == token.size()) break;
    if (token[i] == '.') words_.emplace_back("dot");
    if (token[i] == '@') words_.emplace_back("at");
    if (token[i] == '/' && i + 1 < token.size()) words_.emplace_back("slash");
    if (token[i] == '-') words_.emplace_back("dash");
    if (token[i] == '_') words_.emplace_back("underscore");
    if (words_.size() > most_words) break;
  }
  return true;
}

void TokenReader::read_address_part(std::string_view part) {
  const std::string low = lower(part);
  low == "www" || (low.size() == 2 && !known_(low)) ? spell(low) : read_runs(part);
}

bool TokenReader::read_money(std::string_view token) {
  const std::size_t digit = std::min(token.find_first_of("0123456789"), token.size());
  const Currency* const money = currency(token.substr(0, digit));
  if (money == nullptr || digit == token.size()) return false;
  token.remove_prefix(digit);
  const std::size_t end = std::min(token.find_first_not_of("0123456789,"), token.size());
  const auto whole = ungrouped(trimmed(token.substr(0, end), "", ","));
  if (!whole) return false;
  token.remove_prefix(end);
  std::string_view fraction;
  if (token.starts_with('.')) {
    const std::size_t stop = std::min(token.find_first_not_of("0123456789", 1), token.size());
    fraction = token.substr(1, stop - 1);
    token.remove_prefix(stop);
  }
  const std::string suffix = lower(token);
  std::string_view scale = suffix.size() == 1 ? scale_of(suffix.front()) : suffix == "bn" ? "billion" : "";
  if (scale.empty() && is_scale(near_.after)) {
    scale = near_.after;
    took_scale_ = true;
  }
  append(words_, cardinal_words(*whole));
  const bool cents = scale.empty() && fraction.size() == 2 && !money->cents.empty();
  if (!fraction.empty() && !cents) {
    words_.emplace_back("point");
    append(words_, digit_words(fraction));
  }
  append(words_, scale);
  append(words_, *whole == "1" && scale.empty() ? money->one : money->many);
  if (cents && fraction != "00") {
    words_.emplace_back("and");
    append(words_, cardinal_words(fraction));
    append(words_, money->cents);
  }
  return true;
}

// 3:30, 10:05pm, 14:00.
bool TokenReader::read_clock(std::string_view token) {
  const std::size_t colon = token.find(':');
  if (colon == 0 || colon > 2 || token.size() < colon + 3) return false;
  const std::string_view hours = token.substr(0, colon);
  const std::string_view minutes = token.substr(colon + 1, 2);
  const std::string rest = lower(trimmed(token.substr(colon + 3), "", "."));
  if (!all(hours, is_digit) || !all(minutes, is_digit)) return false;
  if (!rest.empty() && rest != "am" && rest != "pm" && rest != "a.m" && rest != "p.m") return false;
  append(words_, cardinal_words(hours));
  if (minutes == "00") {
    if (hours.size() == 2 && hours > "12") words_.emplace_back("hundred");
  } else {
    if (minutes.front() == '0') words_.emplace_back("oh");
    append(words_, cardinal_words(std::to_string(std::stoi(std::string(minutes)))));
  }
  if (!rest.empty()) append(words_, rest.front() == 'a' ? "a m" : "p m");
  return true;
}

// Letters, numbers and signs in turn.
void TokenReader::read_runs(std::string_view token) {
  while (!token.empty() && words_.size() <= most_words) {
    std::size_t used = 1;
    const auto byte = static_cast<unsigned char>(token.front());
    if (is_digit(token.front())) {
      used = read_number(token);
    } else if (is_letter(token.front())) {
      const bool dotted = token.size() > 3 && token[1] == '.' && is_letter(token[2]) && token[3] == '.';
      while (used < token.size() &&
             (is_letter(token[used]) || token[used] == '\'' || (dotted && token[used] == '.')))
        ++used;
      read_letters(token.substr(0, used));
    } else {
      while (byte >= 0xC0 && used < token.size() &&
             (static_cast<unsigned char>(token[used]) & 0xC0U) == 0x80U)
        ++used;
      const bool tag = token.front() == '#' && token.size() > 1 && !is_digit(token[1]);
      if (tag) {
        words_.emplace_back("hashtag");
      } else if (token.front() != '<' && token.front() != '>') {
        append(words_, symbol(token.substr(0, used)));
      }
    }
    token.remove_prefix(used);
  }
}

// Reads the number that `text` begins with, and what hangs on it; returns how much of `text` that was.
std::size_t TokenReader::read_number(std::string_view text) {
  std::size_t end = std::min(text.find_first_not_of("0123456789,"), text.size());
  while (text[end - 1] == ',') --end;
  std::string_view number = text.substr(0, end);
  auto digits = ungrouped(number);
  if (!digits) {
    end = std::min(text.find_first_not_of("0123456789"), text.size());
    number = text.substr(0, end);
    digits = std::string(number);
  }
  const std::string_view tail = text.substr(end);
  const std::size_t letters = std::min(
      static_cast<std::size_t>(std::ranges::find_if_not(tail, is_letter) - tail.begin()), tail.size());
  const std::string suffix = lower(tail.substr(0, letters));
  if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
    append(words_, ordinal_words(*digits));
    return end + letters;
  }
  if (suffix == "s" || tail.starts_with("'s")) {  // the 1990s
    read_digits(*digits, true);
    std::string& last = words_.back();
    if (last.ends_with('y')) last.replace(last.size() - 1, 1, "ie");
    last += last.ends_with('x') ? "es" : "s";
    return end + (suffix == "s" ? 1 : 2);
  }
  if (tail.size() > 1 && tail.front() == '.' && is_digit(tail[1])) {
    const std::size_t stop = std::min(tail.find_first_not_of("0123456789", 1), tail.size());
    append(words_, cardinal_words(*digits));
    words_.emplace_back("point");
    append(words_, digit_words(tail.substr(1, stop - 1)));
    return end + stop;
  }
  if (tail.size() > 1 && tail.front() == '-' && is_digit(tail[1])) {
    read_digits(*digits, number == *digits);
    words_.emplace_back("to");
    return end + 1;
  }
  read_digits(*digits, number == *digits);
  const std::string hung = lower(tail);
  if (!hung.empty() && !unit(hung).empty()) {
    append(words_, unit(hung));
    return text.size();
  }
  return end;
}

void TokenReader::read_digits(std::string_view digits, bool may_be_year) {
  if (may_be_year && looks_like_year(digits)) {
    append(words_, year_words(digits));
  } else if (digits.size() > 1 && digits.front() == '0') {
    append(words_, digit_words(digits));
  } else {
    append(words_, cardinal_words(digits));
  }
}

void TokenReader::read_letters(std::string_view letters) {
  std::string word = lower(trimmed(letters, "'.", "'."));
  if (letters.contains('.')) {  // U.S.A
    std::erase(word, '.');
    spell(word);
    return;
  }
  if (word.empty()) return;
  if (letters.size() > 1 && all(letters, is_upper) && !letters_word(word).empty()) {
    append(words_, letters_word(word));
  } else if (known_(word)) {
    words_.push_back(word);
  } else {
    read_name(trimmed(letters, "'", "'"));
  }
}

// A word that is in no dictionary: OpenAI, PCs, XKCD, Reelwright.
void TokenReader::read_name(std::string_view letters) {
  const auto upper = static_cast<std::size_t>(std::ranges::count_if(letters, is_upper));
  const bool vowel = letters.find_first_of("aeiouyAEIOUY") != std::string_view::npos;
  if (letters.size() <= 6 && upper == letters.size()) return spell(lower(letters));
  if (letters.size() <= 6 && upper + 1 == letters.size() && upper > 1 && letters.back() == 's') {  // PCs
    spell(lower(letters.substr(0, upper)));
    words_.back() += "'s";
    return;
  }
  for (std::size_t i = 1; i < letters.size() && upper < letters.size(); ++i) {
    if (!is_lower(letters[i - 1]) || !is_upper(letters[i])) continue;
    read_letters(letters.substr(0, i));
    read_letters(letters.substr(i));
    return;
  }
  if (letters.size() <= 5 && !vowel) return spell(lower(letters));
  words_.push_back(lower(letters));
}

void TokenReader::spell(std::string_view letters) {
  for (const char letter : letters) {
    if (is_letter(letter)) words_.emplace_back(1, letter);
  }
}

bool ends_with_number(std::string_view token) {
  return !token.empty() && is_digit(token.back()) && std::ranges::any_of(token, is_digit);
}

}  // namespace

std::vector<SpokenWord> spoken_words(std::span<const std::string> tokens,
                                     const std::function<bool(const std::string&)>& known) {
  std::vector<SpokenWord> spoken;
  TokenReader::Neighbours near;
  std::string current = tokens.empty() ? std::string{} : plain(tokens.front());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string next = i + 1 < tokens.size() ? plain(tokens[i + 1]) : std::string{};
    near.after = lower(trimmed(next, "\"'([", "\"')],;:!?."));
    TokenReader reader(near, known);
    for (std::string& word : reader.read(current)) spoken.push_back({std::move(word), i});
    near.before = lower(trimmed(current, "\"'([", "\"')],;:!?."));
    near.number_before = ends_with_number(near.before);
    near.scale_taken = reader.took_scale();
    current = std::move(next);
  }
  return spoken;
}

}  // namespace reelwright::speech
