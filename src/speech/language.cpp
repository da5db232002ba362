#include "speech/language.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::speech {

std::string primary_language(std::string_view language) {
  std::string primary(language.substr(0, language.find_first_of("-_")));
  std::ranges::transform(primary, primary.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool english = primary.empty() || primary == "eng" || primary == "english";
  return english ? "en" : primary;
}

bool is_english(std::string_view language) { return primary_language(language) == "en"; }

void require_english(std::string_view language) {
  if (is_english(language)) return;
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("The built-in speech engine knows only English, not \"{}\"; use --language en, or bring a "
                  "transcript with word times.",
                  language.substr(0, 40)));
}

void refuse_other_than_english(const std::filesystem::path& file, std::string_view language) {
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("{} knows only English, not \"{}\"; name a multilingual model by TRANSCRIBER_MODEL.",
                  core::printable(file.filename().string(), 100), core::printable(language, 40)));
}

}  // namespace reelwright::speech
