#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings.h"

namespace reelwright::core {

/// Where a value came from, the strongest first.
enum class Origin { flag, environment, dotenv, file, preset };

/// The name as it stands in JSON: `flag`, `environment`, `dotenv`, `file`, `default`.
std::string_view name(Origin origin);

/// The values of all settings. A flag goes before an environment variable, that before `.env` in the current
/// folder, that before the TOML file, that before the default. An empty value counts as none. Immutable.
class Config {
 public:
  struct Value {
    const Setting* setting = nullptr;
    std::string text;  ///< allowed by the setting
    Origin origin = Origin::preset;
    std::string place;  ///< for the user: "--num-clips", "reelwright.toml, line 3", "default"
  };

  /// What the values are made from.
  struct Inputs {
    std::map<std::string, std::string> flags{};   ///< by the setting's name
    std::optional<std::filesystem::path> file{};  ///< of `--config`
    std::filesystem::path folder{};               ///< the current one; empty: as the process has it
    /// The value of an environment variable, null where it is not set. Empty: the process's own.
    std::function<const char*(const char*)> environment{};
  };

  /// The TOML file is `inputs.file`, else the one REELWRIGHT_CONFIG names, else `reelwright.toml` in the
  /// current folder where there is one. Throws `invalid_input` on a value that is not allowed, naming the
  /// setting, where it stands and what is allowed, and on two that contradict each other, naming both;
  /// `not_found` for a named file that is missing.
  static Config load(const Inputs& inputs);
  static Config load() { return load(Inputs{}); }

  /// In the order of `settings()`.
  const std::vector<Value>& values() const { return values_; }

  /// Throws `internal` for a name that is no setting.
  const Value& value(std::string_view name) const;
  const std::string& text(std::string_view name) const { return value(name).text; }
  std::filesystem::path path(std::string_view name) const { return value(name).text; }

  /// Of a setting of that type; else throws `internal`.
  int integer(std::string_view name) const;
  double number(std::string_view name) const;
  bool flag(std::string_view name) const;

 private:
  void check_order() const;

  std::vector<Value> values_;
};

/// The value as it may be shown: of a secret only that there is one.
std::string shown(const Config::Value& value);

}  // namespace reelwright::core
