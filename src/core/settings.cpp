#include "core/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace reelwright::core {

namespace {

template <typename Number>
bool in_range(const Setting& setting, std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  return error == std::errc{} && end == text.end() && static_cast<double>(value) >= setting.minimum &&
         static_cast<double>(value) <= setting.maximum;
}

}  // namespace

const Setting* find_setting(std::string_view name) {
  const auto found = std::ranges::find(settings(), name, &Setting::name);
  return found == settings().end() ? nullptr : &*found;
}

std::string allowed(const Setting& setting) {
  switch (setting.type) {
    case SettingType::integer:
      return fmt::format("a whole number from {:g} to {:g}", setting.minimum, setting.maximum);
    case SettingType::number:
      return fmt::format("a number from {:g} to {:g}", setting.minimum, setting.maximum);
    case SettingType::path:
      return "a path";
    case SettingType::boolean:
      return "true or false";
    case SettingType::secret:
      return "a secret";
    case SettingType::text:
      break;
  }
  return setting.choices.empty() ? "text" : fmt::format("one of {}", fmt::join(setting.choices, ", "));
}

bool allows(const Setting& setting, std::string_view value) {
  if (value.empty()) return setting.optional;
  if (value.contains('\0')) return false;
  switch (setting.type) {
    case SettingType::integer:
      return in_range<int>(setting, value);
    case SettingType::number:
      return in_range<double>(setting, value);
    case SettingType::boolean:
      return value == "true" || value == "false";
    case SettingType::text:
    case SettingType::path:
    case SettingType::secret:
      break;
  }
  return setting.choices.empty() || std::ranges::contains(setting.choices, value);
}

std::string env_template() {
  std::string text =
      "# Settings of Reelwright. Copy this file to .env, take the # away where another value is wanted.\n"
      "# A flag goes before the environment, that before .env, that before reelwright.toml.\n";
  const auto out = std::back_inserter(text);
  for (const Setting& setting : settings()) {
    fmt::format_to(out, "\n# {} ({})\n#{}={}\n", setting.help, allowed(setting), setting.name,
                   setting.preset);
  }
  return text;
}

}  // namespace reelwright::core
