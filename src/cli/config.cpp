#include "core/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include "cli/command.h"
#include "core/json.h"

namespace reelwright::cli {

// Named like all else of this room: what glaze reads needs linkage.
struct SettingJson {
  std::string name;
  std::string value;
  std::string origin;
  std::string place;
  std::string flag;
  std::string preset;
  std::string allowed;
  std::string help;
};

struct ConfigJson {
  std::vector<SettingJson> settings;
};

namespace {

struct ConfigOptions {
  std::string file;
  bool json = false;
  bool print_template = false;
};

std::string json(const core::Config& config) {
  ConfigJson shown;
  for (const core::Config::Value& value : config.values()) {
    const core::Setting& setting = *value.setting;
    shown.settings.push_back({std::string(setting.name), core::shown(value),
                              std::string(core::name(value.origin)), value.place, std::string(setting.flag),
                              std::string(setting.preset), core::allowed(setting),
                              std::string(setting.help)});
  }
  return core::to_json<true>(shown, "the settings") + "\n";
}

std::string table(const core::Config& config) {
  std::size_t widest_name = 0;
  std::size_t widest_value = 0;
  for (const core::Config::Value& value : config.values()) {
    widest_name = std::max(widest_name, value.setting->name.size());
    widest_value = std::max(widest_value, core::shown(value).size());
  }
  std::string text;
  for (const core::Config::Value& value : config.values())
    fmt::format_to(std::back_inserter(text), "{:{}}  {:{}}  {}\n", value.setting->name, widest_name,
                   core::shown(value), widest_value, value.place);
  return text;
}

void run_config(const ConfigOptions& options) {
  if (options.print_template) {
    std::cout << core::env_template();
    return;
  }
  core::Config::Inputs inputs;
  if (!options.file.empty()) inputs.file = options.file;
  const core::Config config = core::Config::load(inputs);
  std::cout << (options.json ? json(config) : table(config));
}

}  // namespace

void add_config(CLI::App& app) {
  auto options = std::make_shared<ConfigOptions>();
  auto* command = app.add_subcommand("config", "Show every setting and where its value comes from.");
  command->add_option("--config", options->file, "TOML file of settings; else reelwright.toml here");
  auto* as_json = command->add_flag("--json", options->json, "as JSON");
  command->add_flag("--template", options->print_template, "print env.template, a start for .env")
      ->excludes(as_json);
  command->footer(
      "Examples:\n"
      "  reelwright config\n"
      "  NUM_CLIPS=3 reelwright config --json\n"
      "  reelwright config --template > .env");
  command->callback([options] { run_config(*options); });
}

}  // namespace reelwright::cli
