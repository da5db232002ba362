#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/model_options.h"
#include "core/settings.h"
#include "inference/role.h"

namespace reelwright::cli {

namespace {

void add_folder(CLI::App& command, core::Config::Inputs& inputs) {
  const auto take = [&](const char* setting_name) {
    const core::Setting& setting = *core::find_setting(setting_name);
    command.add_option_function<std::string>(
        std::string(setting.flag),
        [&inputs, setting_name](const std::string& value) { inputs.flags[setting_name] = value; },
        std::string(setting.help));
  };
  take("MODELS_DIR");
  take("MODELS_REGISTRY");
  command.add_option_function<std::string>(
      "--config", [&inputs](const std::string& file) { inputs.file = file; },
      "TOML file of settings; else reelwright.toml here");
}

}  // namespace

void add_models(CLI::App& app) {
  auto options = std::make_shared<ModelOptions>();
  auto* models = app.add_subcommand(
      "models", "Weights for better engines: list, pull, add, verify, remove. Nothing is fetched unasked.");
  models->require_subcommand(1);
  models->footer(
      "Examples:\n"
      "  reelwright models list\n"
      "  reelwright models pull whisper-base\n"
      "  reelwright models add my-voice.onnx --role synthesizer");
  const auto subcommand = [&](const char* name, const char* help, void (*act)(const ModelOptions&),
                              const char* examples) {
    auto* command = models->add_subcommand(name, help);
    add_folder(*command, options->inputs);
    command->footer(examples);
    command->callback([options, act] { act(*options); });
    return command;
  };
  auto* listed =
      subcommand("list", "Show the models that can be pulled and those that are installed.", list_models,
                 "Examples:\n"
                 "  reelwright models list\n"
                 "  reelwright models list --json");
  auto* pulled = subcommand("pull", "Fetch a model; goes on where a pull broke off.", pull_model,
                            "Examples:\n"
                            "  reelwright models pull whisper-base");
  pulled->add_flag("--accept-change", options->accept_change,
                   "of a model without a known checksum: another one than came the last time");
  auto* added =
      subcommand("add", "Take in weights of your own.", add_own_model,
                 "Examples:\n"
                 "  reelwright models add ggml-mine.bin --role transcriber\n"
                 "  reelwright models add voice.onnx voice.onnx.json --role synthesizer --name ada");
  added->add_option("FILE", options->files, "the weights, then what belongs to them")->required();
  added->add_option("--role", options->role, "what it does: " + inference::role_names())->required();
  added->add_option("--name", options->new_name, "else that of the file, without its ending");
  auto* verified = subcommand(
      "verify", "Read models and hold them to their checksums; fails where one is not whole.", verify_models,
      "Examples:\n"
      "  reelwright models verify\n"
      "  reelwright models verify whisper-base --json");
  verified->add_option("NAME", options->name, "else all that are installed");
  auto* found = subcommand("path", "Print where the weights of a model lie.", print_model_path,
                           "Examples:\n"
                           "  whisper-cli -m $(reelwright models path whisper-base) talk.wav");
  auto* removed =
      subcommand("remove", "Take a model away, or what came of a pull that broke off.", remove_named_model,
                 "Examples:\n"
                 "  reelwright models remove whisper-base");
  for (auto* command : {pulled, found, removed})
    command->add_option("NAME", options->name, "as `reelwright models list` shows it")->required();
  for (auto* command : {listed, verified}) command->add_flag("--json", options->json, "as JSON");
}

}  // namespace reelwright::cli
