#include "language/word_piece.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace reelwright::language {

namespace {

constexpr std::size_t longest_word = 100;  // letters
constexpr std::string_view within = "##";

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

[[noreturn]] void refuse(const std::string& why) { throw core::Error(core::ErrorCode::invalid_input, why); }

std::int64_t number_of(const TokenNumbers& vocabulary, const char* token) {
  const auto found = vocabulary.find(token);
  if (found == vocabulary.end()) refuse(fmt::format("it has no {}", token));
  return found->second;
}

}  // namespace

WordPiece::WordPiece(const TokenNumbers& vocabulary)
    : unk_(number_of(vocabulary, "[UNK]")),
      cls_(number_of(vocabulary, "[CLS]")),
      sep_(number_of(vocabulary, "[SEP]")) {
  if (const auto pad = vocabulary.find("[PAD]"); pad != vocabulary.end()) pad_ = pad->second;
  for (const auto& [token, number] : vocabulary) {
    if (number < 0) refuse("a token has a negative number");
    last_ = std::max(last_, number);
    const bool is_within = token.starts_with(within) && token.size() > within.size();
    (is_within ? continuations_ : beginnings_)[is_within ? token.substr(within.size()) : token] = number;
  }
}

void WordPiece::split(std::string_view word, std::vector<std::int64_t>& pieces) const {
  const auto before = static_cast<std::ptrdiff_t>(pieces.size());
  bool fits = std::ranges::count_if(word, begins_letter) <= static_cast<std::ptrdiff_t>(longest_word);
  while (fits && !word.empty()) {
    const Pieces& known = static_cast<std::ptrdiff_t>(pieces.size()) == before ? beginnings_ : continuations_;
    std::size_t length = word.size();
    auto found = known.find(word);
    while (found == known.end() && length > 0) {
      do --length;
      while (length > 0 && !begins_letter(word[length]));
      found = known.find(word.substr(0, length));
    }
    fits = found != known.end() && length > 0;
    if (!fits) break;
    pieces.push_back(found->second);
    word.remove_prefix(length);
  }
  if (fits) return;
  pieces.erase(pieces.begin() + before, pieces.end());
  pieces.push_back(unk_);
}

}  // namespace reelwright::language
