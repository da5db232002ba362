#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include "cli/model_list.h"
#include "cli/model_options.h"
#include "cli/progress.h"
#include "core/error.h"
#include "core/text.h"
#include "inference/add.h"
#include "inference/pull.h"
#include "inference/remove.h"

namespace reelwright::cli {

using core::Error;
using core::ErrorCode;

namespace {

/// What curl would take for an https address.
bool has_proxy() {
  constexpr std::array names{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  return std::ranges::any_of(names, [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  });
}

}  // namespace

Shelf::Shelf(const ModelOptions& options)
    : config(core::Config::load(options.inputs)),
      folder(config.path("MODELS_DIR")),
      registry(inference::Registry::load(config.path("MODELS_REGISTRY"))) {}

inference::InstalledModel Shelf::installed(const std::string& name) const {
  const std::vector<inference::InstalledModel> all = installed();
  if (registry.find(name) && !std::ranges::contains(all, name, &inference::InstalledModel::name))
    throw Error(ErrorCode::not_found,
                fmt::format("{} is not installed; `reelwright models pull {}` fetches it.", name, name));
  return find_installed(all, name);
}

void list_models(const ModelOptions& options) {
  const Shelf shelf(options);
  std::cout << (options.json ? model_list_json(shelf.folder, shelf.registry, shelf.installed())
                             : model_table(shelf.registry, shelf.installed()));
}

void pull_model(const ModelOptions& options) {
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

void add_own_model(const ModelOptions& options) {
  const auto role = inference::role_from(options.role);
  if (!role)
    throw Error(ErrorCode::invalid_input,
                fmt::format("--role is '{}'; it must be one of {}.", core::printable(options.role, 100),
                            inference::role_names()));
  const Shelf shelf(options);
  Progress progress;
  const inference::InstalledModel model = add_model(
      shelf.folder, shelf.registry, {{options.files.begin(), options.files.end()}, *role, options.new_name},
      shown_context(progress, "taking in " + options.files.front()));
  progress.clear();
  std::cout << fmt::format("{} is installed as {}: {} ({}).\n", model.name, name(*role),
                           model.weights().string(), size_text(model.bytes));
}

void print_model_path(const ModelOptions& options) {
  std::cout << Shelf(options).installed(options.name).weights().string() << "\n";
}

void remove_named_model(const ModelOptions& options) {
  const Shelf shelf(options);
  const inference::Removed removed = remove_model(shelf.folder, shelf.registry, options.name);
  std::cerr << fmt::format("{} is gone; it took {}.\n", core::printable(removed.place.string()),
                           size_text(removed.bytes));
}

}  // namespace reelwright::cli
