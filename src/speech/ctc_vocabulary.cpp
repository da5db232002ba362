#include "speech/ctc_vocabulary.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <glaze/glaze.hpp>

#include "core/error.h"

namespace reelwright::speech {

namespace {

using Labels = std::map<std::string, int>;

constexpr int most_classes = 100'000;
constexpr std::array blanks{"<pad>", "[PAD]", "<blank>", "<blk>", "-"};  // the surest first
constexpr std::array separators{"|", "<space>", " ", "▁"};

[[noreturn]] void refuse(const std::string& why) {
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("The vocabulary of the aligner's model cannot be used: {}. It must be the "
                                "model's own vocab.json: each letter with the number of its class.",
                                why));
}

Labels read(std::string_view json) {
  Labels labels;
  if (glz::read_json(labels, json)) refuse("it is no JSON object of numbers");
  std::vector<int> numbers;
  for (const auto& [token, label] : labels) numbers.push_back(label);
  std::ranges::sort(numbers);
  if (numbers.empty() || numbers.front() < 0 || numbers.back() >= most_classes)
    refuse("a class is negative or too great");
  if (std::ranges::adjacent_find(numbers) != numbers.end()) refuse("two letters have one class");
  return labels;
}

template <std::size_t N>
std::optional<int> first_of(const Labels& labels, const std::array<const char*, N>& names) {
  for (const char* name : names)
    if (const auto found = labels.find(name); found != labels.end()) return found->second;
  return std::nullopt;
}

/// The only character of `token`.
std::optional<char32_t> single(const std::string& token) {
  const auto text = icu::UnicodeString::fromUTF8(token);
  if (text.countChar32() != 1) return std::nullopt;
  return static_cast<char32_t>(text.char32At(0));
}

char32_t without_accent(char32_t letter) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) || !nfd->getDecomposition(static_cast<UChar32>(letter), parts)) return letter;
  return static_cast<char32_t>(parts.char32At(0));
}

}  // namespace

CtcVocabulary::CtcVocabulary(std::string_view json) {
  const Labels labels = read(json);
  const auto blank = first_of(labels, blanks);
  if (!blank) refuse("it has no blank (<pad>)");
  rests_ = {*blank, first_of(labels, separators)};
  letters_.resize(static_cast<std::size_t>(std::ranges::max(labels | std::views::values)) + 1);
  for (const auto& [token, label] : labels) {
    const auto letter = single(token);
    if (!letter || label == rests_.blank || label == rests_.separator) continue;
    const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(*letter)));
    labels_.emplace(small, label);
    icu::UnicodeString(static_cast<UChar32>(small)).toUTF8String(letters_[static_cast<std::size_t>(label)]);
  }
}

std::optional<int> CtcVocabulary::label(char32_t letter) const {
  const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(letter)));
  for (const char32_t form : {small, without_accent(small)})
    if (const auto found = labels_.find(form); found != labels_.end()) return found->second;
  return std::nullopt;
}

}  // namespace reelwright::speech
