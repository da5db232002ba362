#pragma once

#include <glaze/forward.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace reelwright::core {
class Config;
}

namespace reelwright::clips {

/// One of the values that an option may have.
struct OptionChoice {
  std::string value;
  std::string help;
};

/// A member of `Request` as `GET /api/options` tells of it, made from the table of settings.
struct OptionRow {
  std::string name;
  std::vector<std::string> aliases{};
  std::string type{};  ///< JSON's: `integer`, `number`, `string`, `boolean`, `array`
  std::optional<std::variant<bool, double, std::string>> preset{};  ///< in JSON `default`
  std::optional<double> minimum{};
  std::optional<double> maximum{};
  std::optional<std::string> at_most{};  ///< another option whose value is an upper bound too
  std::optional<std::vector<OptionChoice>> choices{};
  std::optional<double> max_items{};
  std::string help{};
};

/// In the order of `Request`; the defaults are those of `config`.
std::vector<OptionRow> option_table(const core::Config& config);

/// As a JSON list.
std::string to_text(const std::vector<OptionRow>& options);

}  // namespace reelwright::clips

template <>
struct glz::meta<reelwright::clips::OptionRow> {
  static constexpr std::string_view rename_key(std::string_view key) {
    return key == "preset" ? "default" : key;
  }
};
