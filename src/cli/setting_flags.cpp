#include "cli/setting_flags.h"

#include <fmt/format.h>

#include <algorithm>

namespace reelwright::cli {

namespace {

void add_flag(CLI::App& command, core::Config::Inputs& inputs, const core::Setting& setting) {
  const std::string name(setting.name);
  command
      .add_option_function<std::string>(
          std::string(setting.flag),
          [&inputs, name](const std::string& value) { inputs.flags[name] = value; },
          fmt::format("{}; {}", setting.help, core::allowed(setting)))
      ->default_str(std::string(setting.preset));
}

template <typename Wanted>
void add_flags(CLI::App& command, core::Config::Inputs& inputs, Wanted wanted) {
  for (const core::Setting& setting : core::settings())
    if (!setting.flag.empty() && wanted(setting)) add_flag(command, inputs, setting);
  command.add_option_function<std::string>(
      "--config", [&inputs](const std::string& file) { inputs.file = file; },
      "TOML file of settings; else reelwright.toml here");
}

}  // namespace

void add_setting_flags(CLI::App& command, core::Config::Inputs& inputs,
                       std::initializer_list<core::SettingGroup> groups) {
  add_flags(command, inputs,
            [&](const core::Setting& setting) { return std::ranges::contains(groups, setting.group); });
}

void add_setting_flags(CLI::App& command, core::Config::Inputs& inputs,
                       std::initializer_list<std::string_view> names) {
  add_flags(command, inputs,
            [&](const core::Setting& setting) { return std::ranges::contains(names, setting.name); });
}

}  // namespace reelwright::cli
