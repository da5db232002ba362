#include "inference/remove.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "core/files.h"
#include "core/temporary_folder.h"
#include "inference/checksums.h"
#include "inference/incoming.h"
#include "inference/installed.h"
#include "inference/models_folder.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;

void remove_file(const fs::path& file) {
  std::error_code error;
  fs::remove(file, error);
  if (error) core::throw_errno(error.value(), "remove", file);
}

/// All at once, by another name: no half of it is ever seen.
void remove_folder(const fs::path& folder) {
  core::TemporaryFolder::sweep(folder);
  const core::TemporaryFolder gone(folder);
  std::error_code error;
  fs::rename(folder, gone.path() / folder.filename(), error);
  if (error) core::throw_errno(error.value(), "remove", folder);
}

Removed remove_installed(const InstalledModel& model) {
  if (model.has_folder()) {
    remove_folder(model.place);
  } else {
    for (const fs::path& file : model.files) remove_file(file);  // the weights first: then it is no model
  }
  return {model.place, model.bytes};
}

/// Of a pull that broke off; nothing where there was none.
std::optional<Removed> remove_incoming(const fs::path& models_dir, const std::string& name) {
  const fs::path folder = incoming_folder(models_dir, name);
  std::error_code ignored;
  if (!is_model_name(name) || !fs::is_directory(folder, ignored)) return {};
  Removed removed{folder};
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (const std::uintmax_t size = entry.file_size(ignored); !ignored) removed.bytes += size;
  Incoming(models_dir, name).clear_but({});
  return removed;
}

}  // namespace

Removed remove_model(const fs::path& models_dir, const Registry& registry, const std::string& name) {
  const auto incoming = remove_incoming(models_dir, name);
  const auto models = installed_models(models_dir, registry);
  if (incoming && !std::ranges::contains(models, name, &InstalledModel::name)) return *incoming;
  const InstalledModel& model = find_installed(models, name);
  const Removed removed = remove_installed(model);
  if (!registry.find(name) && model.has_folder()) forget_checksums(models_dir, name);
  return removed;
}

}  // namespace reelwright::inference
