#include "cli/setting_flags.h"

#include <fmt/format.h>

#include <algorithm>

namespace reelwright::cli {

void add_setting_flags(CLI::App& command, core::Config::Inputs& inputs,
                       std::initializer_list<core::SettingGroup> groups) {
  for (const core::Setting& setting : core::settings()) {
    if (setting.flag.empty() || std::ranges::find(groups, setting.group) == groups.end()) continue;
    const std::string name(setting.name);
    command
        .add_option_function<std::string>(
            std::string(setting.flag),
            [&inputs, name](const std::string& value) { inputs.flags[name] = value; },
            fmt::format("{}; {}", setting.help, core::allowed(setting)))
        ->default_str(std::string(setting.preset));
  }
  command.add_option_function<std::string>(
      "--config", [&inputs](const std::string& file) { inputs.file = file; },
      "TOML file of settings; else reelwright.toml here");
}

}  // namespace reelwright::cli
