#pragma once

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <string_view>

#include "core/config.h"

namespace reelwright::cli {

/// Makes every setting of these groups an option of `command`, under its flag and with its help, and adds
/// `--config`. What is given goes into `inputs`, which outlives the command.
void add_setting_flags(CLI::App& command, core::Config::Inputs& inputs,
                       std::initializer_list<core::SettingGroup> groups);

/// The same for these settings alone.
void add_setting_flags(CLI::App& command, core::Config::Inputs& inputs,
                       std::initializer_list<std::string_view> names);

}  // namespace reelwright::cli
