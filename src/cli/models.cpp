#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <ranges>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/model_list.h"
#include "cli/progress.h"
#include "core/config.h"
#include "core/error.h"
#include "core/text.h"
#include "inference/add.h"
#include "inference/pull.h"
#include "inference/remove.h"

namespace reelwright::cli {

namespace {

using core::Error;
using core::ErrorCode;
using inference::InstalledModel;
using inference::Registry;

/// What `reelwright models` is told.
struct ModelOptions {
  core::Config::Inputs inputs;
  std::string name;
  std::vector<std::string> files;
  std::string role;
  std::string new_name;
  bool accept_change = false;
  bool json = false;
};

/// What every subcommand works with.
struct Shelf {
  explicit Shelf(const ModelOptions& options)
      : config(core::Config::load(options.inputs)),
        folder(config.path("MODELS_DIR")),
        registry(Registry::load(config.path("MODELS_REGISTRY"))) {}

  std::vector<InstalledModel> installed() const { return installed_models(folder, registry); }

  /// Throws `not_found`, saying how to get it where it can be got, or `conflict`.
  InstalledModel installed(const std::string& name) const {
    const std::vector<InstalledModel> all = installed();
    if (registry.find(name) && !std::ranges::contains(all, name, &InstalledModel::name))
      throw Error(ErrorCode::not_found,
                  fmt::format("{} is not installed; `reelwright models pull {}` fetches it.", name, name));
    return find_installed(all, name);
  }

  core::Config config;
  std::filesystem::path folder;
  Registry registry;
};

void list(const ModelOptions& options) {
  const Shelf shelf(options);
  std::cout << (options.json ? model_list_json(shelf.folder, shelf.registry, shelf.installed())
                             : model_table(shelf.registry, shelf.installed()));
}

/// What curl would take for an https address.
bool has_proxy() {
  constexpr std::array names{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  return std::ranges::any_of(names, [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  });
}

void pull(const ModelOptions& options) {
  const Shelf shelf(options);
  const inference::Model* model = shelf.registry.find(options.name);
  if (!model)
    throw Error(ErrorCode::not_found,
                fmt::format("There is no model '{}' to pull; `reelwright models list` shows those there are.",
                            core::printable(options.name, 200)));
  const bool allow_private = shelf.config.flag("ALLOW_PRIVATE_URLS");
  const net::HttpClient client({.allow_private = allow_private});
  Progress progress;
  const auto pulled = inference::pull(
      client, shelf.folder, shelf.registry, *model,
      {.allow_http = allow_private, .by_proxy = has_proxy(), .accept_change = options.accept_change},
      shown_context(progress, "fetching " + model->name));
  progress.clear();
  std::cout << fmt::format("{} {}: {} ({}).\n", model->name,
                           pulled.was_there ? "was there already" : "is installed", pulled.weights.string(),
                           size_text(pulled.bytes));
  for (const std::string& file : pulled.first_seen)
    std::cerr << fmt::format(
        "No checksum of {} was known: the one of what came is remembered, and later pulls are held to it.\n",
        file);
}

void add(const ModelOptions& options) {
  const auto role = inference::role_from(options.role);
  if (!role)
    throw Error(ErrorCode::invalid_input,
                fmt::format("--role is '{}'; it must be one of {}.", core::printable(options.role, 100),
                            inference::role_names()));
  const Shelf shelf(options);
  Progress progress;
  const InstalledModel model = add_model(
      shelf.folder, shelf.registry, {{options.files.begin(), options.files.end()}, *role, options.new_name},
      shown_context(progress, "taking in " + options.files.front()));
  progress.clear();
  std::cout << fmt::format("{} is installed as {}: {} ({}).\n", model.name, name(*role),
                           model.weights().string(), size_text(model.bytes));
}

/// Says which are not as they should be, and how to mend it.
[[noreturn]] void throw_faults(const Shelf& shelf, const std::vector<VerifiedModel>& faulty) {
  const std::string& name = faulty.front().name;
  const auto fault =
      std::ranges::find_if(faulty.front().files, [](const auto& file) { return is_fault(file.verdict); });
  const std::string advice =
      shelf.registry.find(name)
          ? fmt::format("`reelwright models remove {}` and `reelwright models pull {}` bring it anew", name,
                        name)
          : "take it away with `reelwright models remove`, or bring it anew";
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("{} {} is {}{}; {}.", core::printable(name, 100), fault->file.filename().string(),
                  fault->problem,
                  faulty.size() > 1 ? fmt::format(", and {} more models have faults", faulty.size() - 1) : "",
                  advice));
}

void verify(const ModelOptions& options) {
  const Shelf shelf(options);
  const std::vector<InstalledModel> models =
      options.name.empty() ? shelf.installed() : std::vector{shelf.installed(options.name)};
  const auto seen = inference::read_checksums(shelf.folder);
  Progress progress;
  const core::Context context = shown_context(progress, "reading");
  std::vector<VerifiedModel> verified;
  for (const InstalledModel& model : models) {
    const auto done = static_cast<double>(verified.size());
    const auto count = static_cast<double>(models.size());
    verified.push_back({model.name, verify_model(model, shelf.registry, seen,
                                                 context.part(done / count, (done + 1) / count))});
  }
  progress.clear();
  if (options.json)
    std::cout << verdicts_json(verified);
  else if (verified.empty())
    std::cerr << "No models are installed; `reelwright models list` shows those that can be pulled.\n";
  else
    std::cout << verdict_table(verified);
  std::erase_if(verified, [](const VerifiedModel& model) {
    return std::ranges::none_of(model.files, [](const auto& file) { return is_fault(file.verdict); });
  });
  std::cout.flush();
  if (!verified.empty()) throw_faults(shelf, verified);
}

void path(const ModelOptions& options) {
  std::cout << Shelf(options).installed(options.name).weights().string() << "\n";
}

void remove(const ModelOptions& options) {
  const Shelf shelf(options);
  const inference::Removed removed = remove_model(shelf.folder, shelf.registry, options.name);
  std::cerr << fmt::format("{} is gone; it took {}.\n", core::printable(removed.place.string()),
                           size_text(removed.bytes));
}

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
  auto* listed = subcommand("list", "Show the models that can be pulled and those that are installed.", list,
                            "Examples:\n"
                            "  reelwright models list\n"
                            "  reelwright models list --json");
  auto* pulled = subcommand("pull", "Fetch a model; goes on where a pull broke off.", pull,
                            "Examples:\n"
                            "  reelwright models pull whisper-base");
  pulled->add_flag("--accept-change", options->accept_change,
                   "of a model without a known checksum: another one than came the last time");
  auto* added =
      subcommand("add", "Take in weights of your own.", add,
                 "Examples:\n"
                 "  reelwright models add ggml-mine.bin --role transcriber\n"
                 "  reelwright models add voice.onnx voice.onnx.json --role synthesizer --name ada");
  added->add_option("FILE", options->files, "the weights, then what belongs to them")->required();
  added->add_option("--role", options->role, "what it does: " + inference::role_names())->required();
  added->add_option("--name", options->new_name, "else that of the file, without its ending");
  auto* verified = subcommand(
      "verify", "Read models and hold them to their checksums; fails where one is not whole.", verify,
      "Examples:\n"
      "  reelwright models verify\n"
      "  reelwright models verify whisper-base --json");
  verified->add_option("NAME", options->name, "else all that are installed");
  auto* found = subcommand("path", "Print where the weights of a model lie.", path,
                           "Examples:\n"
                           "  whisper-cli -m $(reelwright models path whisper-base) talk.wav");
  auto* removed = subcommand("remove", "Take a model away, or what came of a pull that broke off.", remove,
                             "Examples:\n"
                             "  reelwright models remove whisper-base");
  for (auto* command : {pulled, found, removed})
    command->add_option("NAME", options->name, "as `reelwright models list` shows it")->required();
  for (auto* command : {listed, verified}) command->add_flag("--json", options->json, "as JSON");
}

}  // namespace reelwright::cli
