#include "speech/pronunciation.h"

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string_view>

extern "C" {
#include <flite/flite.h>
cst_lexicon* cmulex_init(void);
}

namespace reelwright::speech {

namespace {

// flite's phones in CMU's names: upper case, no stress digit, and schwa is AH.
std::string cmu_phone(std::string_view phone) {
  std::string name;
  for (const char c : phone) {
    if (c >= 'a' && c <= 'z') name += static_cast<char>(c - 'a' + 'A');
  }
  if (name == "AX") return "AH";
  return name == "PAU" ? std::string{} : name;
}

void append(std::string& phones, std::string_view phone) {
  if (phone.empty()) return;
  if (!phones.empty()) phones += ' ';
  phones += phone;
}

// The plural and possessive ending after a phone.
std::string_view s_after(std::string_view last) {
  for (const std::string_view hissing : {"S", "Z", "SH", "ZH", "CH", "JH"}) {
    if (last == hissing) return "IH Z";
  }
  for (const std::string_view voiceless : {"P", "T", "K", "F", "TH"}) {
    if (last == voiceless) return "S";
  }
  return "Z";
}

std::string look_up(const std::string& word) {
  static std::mutex looking;  // flite builds parts of its lexicon on first use
  const std::scoped_lock lock(looking);
  static const cst_lexicon* const lexicon = cmulex_init();
  const std::unique_ptr<cst_val, void (*)(cst_val*)> found(
      lex_lookup(lexicon, word.c_str(), nullptr, nullptr), delete_val);
  std::string phones;
  for (const cst_val* phone = found.get(); phone != nullptr; phone = val_cdr(phone)) {
    append(phones, cmu_phone(val_string(val_car(phone))));
  }
  return phones;
}

}  // namespace

std::string guess_phones(const std::string& word) {
  std::string letters;
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') letters += c;
  }
  if (letters.empty()) return {};
  if (!word.ends_with("'s") || letters.size() < 2) return look_up(letters);
  letters.pop_back();
  std::string phones = look_up(letters);
  const auto space = phones.rfind(' ');
  append(phones, s_after(std::string_view(phones).substr(space == std::string::npos ? 0 : space + 1)));
  return phones;
}

}  // namespace reelwright::speech
