#include "speech/parakeet_language.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/text.h"
#include "speech/language.h"
#include "speech/whisper_language.h"

namespace reelwright::speech {

namespace {

// Of parakeet-tdt-0.6b-v3, by its model card.
constexpr std::array<std::string_view, 25> languages{"bg", "cs", "da", "de", "el", "en", "es", "et", "fi",
                                                     "fr", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
                                                     "pt", "ro", "ru", "sk", "sl", "sv", "uk"};

}  // namespace

std::string parakeet_language(std::string_view asked, const inference::ParakeetShape& shape,
                              const std::filesystem::path& file) {
  const bool is_any = asked == any_language;
  std::string language = is_any ? "en" : primary_language(asked);
  if (!shape.knows_many_languages() && language != "en") refuse_other_than_english(file, asked);
  if (is_any && shape.knows_many_languages()) return std::string(unknown_language);
  if (std::ranges::contains(languages, language)) return language;
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("Parakeet knows 25 European languages, and \"{}\" is none of them; name a Whisper model by "
                  "TRANSCRIBER_MODEL.",
                  core::printable(asked, 40)));
}

}  // namespace reelwright::speech
