#include "core/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "core/config_files.h"
#include "core/error.h"

namespace reelwright::core {

namespace {

constexpr const char* file_variable = "REELWRIGHT_CONFIG";
constexpr const char* file_name = "reelwright.toml";

/// A folder of the XDG Base Directory Specification, and where it is when its variable names none.
struct XdgFolder {
  const char* variable;
  std::string_view usual;  ///< in the home folder
};
constexpr std::array xdg_folders = {XdgFolder{"XDG_CACHE_HOME", ".cache"},
                                    XdgFolder{"XDG_DATA_HOME", ".local/share"}};

std::string variable(const Config::Inputs& inputs, const char* name) {
  const char* value = inputs.environment ? inputs.environment(name) : std::getenv(name);
  return value ? value : "";
}

std::vector<FileValue> toml_values(const Config::Inputs& inputs) {
  if (inputs.file) return read_toml(*inputs.file);
  if (const std::string named = variable(inputs, file_variable); !named.empty()) return read_toml(named);
  const std::filesystem::path usual = inputs.folder / file_name;
  std::error_code ignored;
  return std::filesystem::exists(usual, ignored) ? read_toml(usual) : std::vector<FileValue>{};
}

/// The last one counts, as in a shell. Null where there is none or it is empty.
const FileValue* find(const std::vector<FileValue>& values, std::string_view name) {
  const auto found = std::ranges::find_last(values, name, &FileValue::name);
  return found.empty() || found.front().value.empty() ? nullptr : &found.front();
}

/// `~/` as the home folder, and `$XDG_..._HOME` as that folder.
std::string expanded(const Config::Inputs& inputs, std::string_view text) {
  const std::filesystem::path home = variable(inputs, "HOME");
  if (text.starts_with("~/") && !home.empty()) return home / text.substr(2);
  for (const XdgFolder& folder : xdg_folders) {
    const std::string name = std::string("$") + folder.variable;
    if (!text.starts_with(name)) continue;
    const std::filesystem::path named = variable(inputs, folder.variable);
    return (named.is_absolute() ? named : home / folder.usual).string() +
           std::string(text.substr(name.size()));
  }
  return std::string(text);
}

struct Files {
  std::vector<FileValue> dotenv;
  std::vector<FileValue> toml;
};

/// The strongest value, unchecked.
Config::Value chosen(const Setting& setting, const Config::Inputs& inputs, const Files& files) {
  const std::string name(setting.name);
  if (const auto flag = inputs.flags.find(name); flag != inputs.flags.end()) {
    return {&setting, flag->second, Origin::flag, std::string(setting.flag)};
  }
  if (const std::string value = variable(inputs, name.c_str()); !value.empty()) {
    return {&setting, value, Origin::environment, "the environment"};
  }
  if (const auto* value = find(files.dotenv, name)) {
    return {&setting, value->value, Origin::dotenv, value->place};
  }
  if (const auto* value = find(files.toml, name)) {
    return {&setting, value->value, Origin::file, value->place};
  }
  return {&setting, std::string(setting.preset), Origin::preset, "default"};
}

template <typename Number>
Number parsed(const Config::Value& value, SettingType type) {
  if (value.setting->type != type)
    throw Error(ErrorCode::internal, fmt::format("{} was read as another type.", value.setting->name));
  Number number{};
  std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
  return number;
}

}  // namespace

std::string shown(const Config::Value& value) {
  return value.setting->type == SettingType::secret && !value.text.empty() ? "(secret)" : value.text;
}

std::string_view name(Origin origin) {
  switch (origin) {
    case Origin::flag:
      return "flag";
    case Origin::environment:
      return "environment";
    case Origin::dotenv:
      return "dotenv";
    case Origin::file:
      return "file";
    case Origin::preset:
      break;
  }
  return "default";
}

Config Config::load(const Inputs& inputs) {
  const Files files{read_dotenv(inputs.folder / ".env"), toml_values(inputs)};
  Config config;
  for (const Setting& setting : settings()) {
    Value value = chosen(setting, inputs, files);
    if (!allows(setting, value.text)) {
      throw Error(ErrorCode::invalid_input, fmt::format("{} is '{}' ({}); it must be {}.", setting.name,
                                                        shown(value), value.place, allowed(setting)));
    }
    if (setting.type == SettingType::path) value.text = expanded(inputs, value.text);
    config.values_.push_back(std::move(value));
  }
  config.check_order();
  return config;
}

void Config::check_order() const {
  for (const Value& low : values_) {
    if (low.setting->at_most.empty()) continue;
    const Value& high = value(low.setting->at_most);
    if (number(low.setting->name) <= number(high.setting->name)) continue;
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} is {} ({}), which is more than {}, {} ({}); change one of them.", low.setting->name,
                    low.text, low.place, high.setting->name, high.text, high.place));
  }
}

const Config::Value& Config::value(std::string_view name) const {
  const auto found = std::ranges::find(values_, name, [](const Value& value) { return value.setting->name; });
  if (found == values_.end()) throw Error(ErrorCode::internal, fmt::format("There is no setting {}.", name));
  return *found;
}

int Config::integer(std::string_view name) const { return parsed<int>(value(name), SettingType::integer); }

double Config::number(std::string_view name) const {
  return parsed<double>(value(name), SettingType::number);
}

bool Config::flag(std::string_view name) const {
  if (value(name).setting->type != SettingType::boolean)
    throw Error(ErrorCode::internal, fmt::format("{} was read as another type.", name));
  return text(name) == "true";
}

}  // namespace reelwright::core
