#include "speech/language.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "core/error.h"

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

}  // namespace reelwright::speech
