#include "inference/installed.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <system_error>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "inference/file_kind.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

constexpr std::array<std::string_view, 4> weight_endings{".bin", ".ggml", ".gguf", ".onnx"};

bool is_weights(const fs::path& file) {
  return std::ranges::contains(weight_endings, file.extension().string());
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// What lies in a folder, by name; nothing where there is no such folder.
std::vector<fs::path> entries(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) return {};
  if (error) core::throw_errno(error.value(), "read", folder);
  std::vector<fs::path> paths;
  for (; entry != fs::directory_iterator(); entry.increment(error))
    if (!is_hidden(entry->path())) paths.push_back(entry->path());
  if (error) core::throw_errno(error.value(), "read", folder);
  std::ranges::sort(paths);
  return paths;
}

std::vector<fs::path> regular_files(const fs::path& folder) {
  std::vector<fs::path> files = entries(folder);
  std::error_code ignored;
  std::erase_if(files, [&](const fs::path& file) { return !fs::is_regular_file(file, ignored); });
  return files;
}

std::uint64_t size_of(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? 0 : size;
}

/// Fills in what the files themselves tell.
InstalledModel looked_at(InstalledModel model) {
  for (const fs::path& file : model.files) model.bytes += size_of(file);
  const FileLook look = look_at(model.weights());
  model.format = format_of(look.kind);
  if (model.role) return model;
  if (look.is_whisper || look.is_parakeet) model.role = Role::transcriber;
  if (look.kind == FileKind::gguf) model.role = Role::language_model;
  return model;
}

InstalledModel model_of_file(const fs::path& file, const std::vector<fs::path>& siblings,
                             std::optional<Role> role) {
  InstalledModel model{
      .name = file.filename().string(), .role = role, .format = {}, .place = file, .files = {file}};
  std::ranges::copy_if(siblings, std::back_inserter(model.files), [&](const fs::path& other) {
    return other.filename().string().starts_with(model.name + ".");
  });
  return looked_at(std::move(model));
}

/// The registry's first file, else the largest that looks like weights; the end where there is none.
std::vector<fs::path>::iterator weights_among(std::vector<fs::path>& files, const Model* known) {
  if (known)
    if (const auto named = std::ranges::find(files, known->files.front().name,
                                             [](const fs::path& file) { return file.filename().string(); });
        named != files.end())
      return named;
  return std::ranges::max_element(
      files, {}, [](const fs::path& file) { return std::pair(is_weights(file), size_of(file)); });
}

std::optional<InstalledModel> model_of_folder(const fs::path& folder, Role role, const Registry& registry) {
  std::vector<fs::path> files = regular_files(folder);
  if (files.empty()) return {};
  InstalledModel model{
      .name = folder.filename().string(), .role = role, .format = {}, .place = folder, .files = {}};
  const Model* known = registry.find(model.name);
  const auto weights = weights_among(files, known && known->role == role ? known : nullptr);
  std::rotate(files.begin(), weights, std::next(weights));
  model.files = std::move(files);
  return looked_at(std::move(model));
}

void add_files(std::vector<InstalledModel>& models, const fs::path& folder, std::optional<Role> role) {
  const std::vector<fs::path> files = regular_files(folder);
  for (const fs::path& file : files)
    if (is_weights(file)) models.push_back(model_of_file(file, files, role));
}

void add_folders(std::vector<InstalledModel>& models, const fs::path& folder, Role role,
                 const Registry& registry) {
  std::error_code ignored;
  for (const fs::path& entry : entries(folder)) {
    if (!fs::is_directory(entry, ignored)) continue;
    if (auto model = model_of_folder(entry, role, registry)) models.push_back(std::move(*model));
  }
}

}  // namespace

std::vector<InstalledModel> installed_models(const fs::path& models_dir, const Registry& registry) {
  std::vector<InstalledModel> models;
  for (const Role role : roles()) {
    const fs::path folder = models_dir / name(role);
    add_folders(models, folder, role, registry);
    add_files(models, folder, role);
  }
  add_files(models, models_dir, {});
  return models;
}

const InstalledModel& find_installed(const std::vector<InstalledModel>& models, std::string_view name) {
  const auto found = std::ranges::find(models, name, &InstalledModel::name);
  if (found == models.end())
    throw Error(
        ErrorCode::not_found,
        fmt::format("No model of the name '{}' is installed; `reelwright models list` shows those that "
                    "are, and those that can be pulled.",
                    core::printable(name, 200)));
  const auto other = std::ranges::find(std::next(found), models.end(), name, &InstalledModel::name);
  if (other != models.end())
    throw Error(ErrorCode::conflict,
                fmt::format("Two models have the name '{}', {} and {}; rename one of them.",
                            core::printable(name, 200), found->place.string(), other->place.string()));
  return *found;
}

const Model* known_as(const Registry& registry, const InstalledModel& installed) {
  const Model* known = registry.find(installed.name);
  return known && known->role == installed.role && installed.has_folder() ? known : nullptr;
}

}  // namespace reelwright::inference
