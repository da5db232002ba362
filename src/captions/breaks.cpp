#include "captions/breaks.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <memory>

namespace reelwright::captions {

namespace {

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

using Text = std::unique_ptr<UText, CloseText>;
using Create = icu::BreakIterator*(const icu::Locale&, UErrorCode&);

// ICU on UTF-8 in place; nothing where its data are missing.
class Breaks {
 public:
  Breaks(const std::string& text, const std::string& language, Create* create) {
    UErrorCode status = U_ZERO_ERROR;
    text_.reset(utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status));
    icu::Locale locale(language.c_str());
    // Captions are set with care: small kana and the long mark begin no line.
    locale.setUnicodeKeywordValue("lb", "strict", status);
    iterator_.reset(create(locale, status));
    if (U_SUCCESS(status)) iterator_->setText(text_.get(), status);
    if (U_FAILURE(status)) iterator_.reset();
  }

  bool at(std::size_t offset) const {
    return !iterator_ || iterator_->isBoundary(static_cast<int32_t>(offset));
  }

  std::vector<std::string> parts(const std::string& text) const {
    if (!iterator_) return {text};
    std::vector<std::string> all;
    for (int32_t from = iterator_->first(), to = iterator_->next(); to != icu::BreakIterator::DONE;
         from = to, to = iterator_->next()) {
      all.push_back(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
    }
    return all;
  }

 private:
  Text text_;
  std::unique_ptr<icu::BreakIterator> iterator_;
};

}  // namespace

std::vector<bool> may_break_at(const std::string& text, const std::vector<std::size_t>& offsets,
                               const std::string& language) {
  const Breaks breaks(text, language, icu::BreakIterator::createLineInstance);
  std::vector<bool> may;
  may.reserve(offsets.size());
  for (const std::size_t offset : offsets) may.push_back(breaks.at(offset));
  return may;
}

std::vector<std::string> breakable_parts(const std::string& word) {
  return Breaks(word, "", icu::BreakIterator::createLineInstance).parts(word);
}

std::vector<std::string> graphemes(const std::string& word) {
  return Breaks(word, "", icu::BreakIterator::createCharacterInstance).parts(word);
}

}  // namespace reelwright::captions
