#include "speech/whisper_language.h"

#include <whisper.h>

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/text.h"
#include "speech/language.h"

namespace reelwright::speech {

namespace {

struct Renamed {
  std::string_view standard;
  std::string_view whisper;
};
// Where BCP 47 and Whisper have different names for one language.
constexpr std::array renamed{Renamed{"cmn", "zh"}, Renamed{"fil", "tl"}, Renamed{"in", "id"},
                             Renamed{"iw", "he"},  Renamed{"ji", "yi"},  Renamed{"jv", "jw"},
                             Renamed{"mo", "ro"},  Renamed{"nb", "no"}};

std::string primary(std::string_view language) {
  std::string part(language.substr(0, language.find_first_of("-_")));
  std::ranges::transform(part, part.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto* other = std::ranges::find(renamed, part, &Renamed::standard);
  return other == renamed.end() ? part : std::string(other->whisper);
}

}  // namespace

std::string whisper_language(std::string_view language) {
  if (is_english(language)) return "en";
  std::string name = primary(language);
  if (name == any_language) return name;
  // The library's own search complains on standard error.
  for (int number = 0; number <= ::whisper_lang_max_id(); ++number)
    if (name == ::whisper_lang_str(number) || name == ::whisper_lang_str_full(number))
      return ::whisper_lang_str(number);
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format(
          "Whisper does not know the language \"{}\"; give one as BCP 47 has it (de, pt-BR), or auto.",
          core::printable(language, 40)));
}

}  // namespace reelwright::speech
