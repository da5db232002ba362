#include "core/config_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <ranges>
#include <string_view>
#include <toml++/toml.hpp>

#include "core/error.h"
#include "core/files.h"
#include "core/settings.h"

namespace reelwright::core {

namespace {

constexpr std::uintmax_t size_limit = 1 << 20;

[[noreturn]] void refuse(const std::string& message, const std::string& details = {}) {
  throw Error(ErrorCode::invalid_input, message, details);
}

std::string place_of(const std::filesystem::path& file, std::size_t line) {
  return fmt::format("{}, line {}", file.string(), line);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Without its quotes, or without the comment that follows it.
std::string_view bare_value(std::string_view text) {
  if (text.starts_with('"') || text.starts_with('\'')) {
    const auto end = text.find(text.front(), 1);
    if (end != std::string_view::npos) return text.substr(1, end - 1);
  }
  if (text.starts_with('#')) return {};
  const auto comment = std::min(text.find(" #"), text.find("\t#"));
  return trimmed(text.substr(0, comment));
}

std::optional<FileValue> dotenv_value(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with("export ")) line = trimmed(line.substr(7));
  const auto sign = line.find('=');
  if (line.starts_with('#') || sign == std::string_view::npos) return {};
  const std::string name(trimmed(line.substr(0, sign)));
  if (!find_setting(name)) return {};
  return FileValue{name, std::string(bare_value(trimmed(line.substr(sign + 1)))), {}};
}

std::string setting_name(std::string_view key) {
  std::string name(key);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
  return name;
}

std::string plain_value(const toml::node& node, std::string_view key, const std::string& place) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* integer = node.as_integer()) return fmt::to_string(integer->get());
  if (const auto* number = node.as_floating_point()) return fmt::to_string(number->get());
  refuse(
      fmt::format("{} sets '{}' to something else than a text or a number; give it one value.", place, key));
}

toml::table parsed(const std::filesystem::path& file) {
  const std::string text = read_file(file, size_limit);
  try {
    return toml::parse(text, file.string());
  } catch (const toml::parse_error& error) {
    refuse(fmt::format("{} is not valid TOML; see https://toml.io for the form.",
                       place_of(file, error.source().begin.line)),
           std::string(error.description()));
  }
}

}  // namespace

std::vector<FileValue> read_dotenv(const std::filesystem::path& file) {
  // Python's virtual environments are folders that often bear this name.
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return {};
  const std::string text = read_file(file, size_limit);
  std::vector<FileValue> values;
  std::size_t number = 0;
  for (const auto line : std::views::split(std::string_view(text), '\n')) {
    ++number;
    if (auto value = dotenv_value(std::string_view(line))) {
      value->place = place_of(file, number);
      values.push_back(std::move(*value));
    }
  }
  return values;
}

std::vector<FileValue> read_toml(const std::filesystem::path& file) {
  const toml::table table = parsed(file);
  std::vector<FileValue> values;
  for (const auto& [key, node] : table) {
    const std::string place = place_of(file, node.source().begin.line);
    const std::string name = setting_name(key.str());
    if (!find_setting(name)) {
      refuse(fmt::format("{} sets '{}', which is no setting; see reelwright config for their names.", place,
                         key.str()));
    }
    values.push_back({name, plain_value(node, key.str(), place), place});
  }
  return values;
}

}  // namespace reelwright::core
