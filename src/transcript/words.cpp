#include "transcript/words.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/code_points.h"

namespace reelwright::transcript {

namespace {

constexpr std::array spaceless_scripts{USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
                                       USCRIPT_LAO, USCRIPT_KHMER,    USCRIPT_MYANMAR};

bool is_spaceless_script(UChar32 c) {
  if (c < 0x0E00) return false;
  // Ideographic comma, full stop, brackets; full-width forms.
  if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF65)) return true;
  return std::ranges::any_of(spaceless_scripts,
                             [c](UScriptCode script) { return uscript_hasScript(c, script); });
}

bool is_dropped(UChar32 c) {
  return c < 0 || (c >= 0x2669 && c <= 0x266C) || u_charType(c) == U_CONTROL_CHAR || c == 0xFEFF ||
         c == 0x200B || c == 0x00AD;
}

// Punctuation that is never spoken; `&`, `%`, `@`, `#` and the like are.
bool is_silent_punctuation(UChar32 c) {
  switch (u_charType(c)) {
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return true;
    case U_OTHER_PUNCTUATION:
      return std::u32string_view(U"&%@#*/\\§¶‰").find(c) == std::u32string_view::npos;
    default:
      return false;
  }
}

bool is_silent(std::string_view token) {
  return !core::any_code_point(token, [](UChar32 c) { return !is_silent_punctuation(c); });
}

bool opens(std::string_view token) {
  std::size_t at = 0;
  const auto type = u_charType(core::next_code_point(token, at));
  return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

bool has_spaceless_script(std::string_view token) { return core::any_code_point(token, is_spaceless_script); }

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

std::vector<std::string> by_dictionary(const std::string& token) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const std::unique_ptr<UText, CloseText> text(
      utext_openUTF8(nullptr, token.data(), static_cast<int64_t>(token.size()), &status));
  if (U_FAILURE(status)) return {token};
  breaks->setText(text.get(), status);
  std::vector<std::string> parts;
  for (int32_t from = breaks->first(), to = breaks->next(); to != icu::BreakIterator::DONE;
       from = to, to = breaks->next()) {
    parts.push_back(token.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
  }
  return parts;
}

// Punctuation that stands alone joins its neighbour; what opens waits for the word it opens.
class Collector {
 public:
  void add(const std::string& token) {
    if (token.empty()) return;
    if (!is_silent(token)) {
      words_.push_back(opening_ + token);
      opening_.clear();
    } else if (opens(token)) {
      opening_ += token;
    } else if (!words_.empty() && opening_.empty()) {
      words_.back() += token;
    }
  }

  std::vector<std::string> take() {
    if (!words_.empty()) words_.back() += opening_;
    return std::move(words_);
  }

 private:
  std::vector<std::string> words_;
  std::string opening_;
};

std::vector<std::string> by_white_space(std::string_view text) {
  std::vector<std::string> tokens(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const UChar32 c = core::next_code_point(text, at);
    if (c >= 0 && u_isUWhiteSpace(c)) {
      if (!tokens.back().empty()) tokens.emplace_back();
    } else if (!is_dropped(c)) {
      tokens.back().append(text.substr(from, at - from));
    }
  }
  if (tokens.back().empty()) tokens.pop_back();
  return tokens;
}

UChar32 last_char(std::string_view text) {
  UChar32 c = 0;
  auto i = static_cast<int32_t>(text.size());
  U8_PREV(text.data(), 0, i, c);
  return c;
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
  Collector collector;
  for (const std::string& token : by_white_space(text)) {
    if (!has_spaceless_script(token)) {
      collector.add(token);
      continue;
    }
    for (const std::string& part : by_dictionary(token)) collector.add(part);
  }
  return collector.take();
}

std::string printable(std::string_view token) {
  std::string kept;
  for (const std::string& part : by_white_space(token)) kept += part;
  return kept;
}

bool space_between(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return false;
  std::size_t at = 0;
  return !(is_spaceless_script(last_char(left)) && is_spaceless_script(core::next_code_point(right, at)));
}

void append_word(std::string& text, std::string_view word) {
  if (space_between(text, word)) text += ' ';
  text += word;
}

}  // namespace reelwright::transcript
