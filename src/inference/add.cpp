#include "inference/add.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "core/error.h"
#include "core/files.h"
#include "core/text.h"
#include "core/time.h"
#include "inference/checksums.h"
#include "inference/file_digest.h"
#include "inference/file_kind.h"
#include "inference/incoming.h"
#include "inference/models_folder.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

[[noreturn]] void refuse(ErrorCode code, const std::string& message) { throw Error(code, message); }

void check_name(const std::string& name, const Registry& registry,
                const std::vector<InstalledModel>& installed) {
  if (!is_model_name(name))
    refuse(ErrorCode::invalid_input,
           fmt::format("'{}' is no name for a model, which is {}; give one with --name.",
                       core::printable(name, 200), model_name_rule));
  if (registry.find(name))
    refuse(
        ErrorCode::conflict,
        fmt::format("{} is the name of a model that `reelwright models pull` fetches; give another one with "
                    "--name.",
                    name));
  if (std::ranges::contains(installed, name, &InstalledModel::name))
    refuse(
        ErrorCode::conflict,
        fmt::format("A model of the name {} is there already; give another one with --name, or take that one "
                    "away with `reelwright models remove {}`.",
                    name, name));
}

void check_kind(const fs::path& weights, Role role) {
  const std::string problem = kind_problem(weights, weights.filename().string(), format_of(role));
  if (problem.empty()) return;
  refuse(ErrorCode::invalid_input, fmt::format("{} is {}; the role {} takes {} in whole.", weights.string(),
                                               problem, name(role), description(kind_of(format_of(role)))));
}

/// The files themselves, whatever links lead to them, under the names by which they were given.
std::vector<fs::path> files_of(const NewModel& model) {
  std::vector<fs::path> files = model.files;
  const fs::path& weights = model.files.front();
  std::error_code ignored;
  const fs::path beside = weights.has_parent_path() ? weights.parent_path() : ".";
  for (const auto& entry : fs::directory_iterator(beside, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool belongs =
        name.starts_with(weights.filename().string() + ".") && entry.is_regular_file(ignored);
    if (belongs &&
        !std::ranges::contains(files, name, [](const fs::path& file) { return file.filename().string(); }))
      files.push_back(entry.path());
  }
  return files;
}

void check_files(const std::vector<fs::path>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = files[i].filename().string();
    if (name.empty() || name.starts_with('.') || core::printable(name) != name)
      refuse(
          ErrorCode::invalid_input,
          fmt::format("A file of a model cannot have the name '{}'; give it one that is not hidden, in plain "
                      "characters.",
                      core::printable(name, 200)));
    if (i > 0) {
      if (const std::string problem = kind_problem(files[i], name, {}); !problem.empty())
        refuse(ErrorCode::invalid_input, fmt::format("{} is {}.", files[i].string(), problem));
    }
    const auto twice =
        std::ranges::count(files, name, [](const fs::path& file) { return file.filename().string(); });
    if (twice > 1)
      refuse(ErrorCode::invalid_input, fmt::format("Two of the files have the name {}; rename one.", name));
  }
}

/// Gives the digest. A link costs no room; it is made to the file, not to a link that leads to it.
std::string take(const fs::path& file, const fs::path& into, const core::Context& context) {
  std::error_code error;
  const fs::path itself = fs::canonical(file, error);
  if (error) core::throw_errno(error.value(), "read", file);
  if (!fs::is_regular_file(itself, error))
    refuse(ErrorCode::invalid_input,
           fmt::format("{} is no regular file; name the file itself.", file.string()));
  const bool readable = ::access(itself.c_str(), R_OK) == 0;
  if (readable && ::link(itself.c_str(), into.c_str()) == 0) return file_digest(into, context);
  return copy_with_digest(itself, into, context);
}

std::vector<Checksum> take_all(const std::vector<fs::path>& files, const std::string& name,
                               const Incoming& growing, const core::Context& context) {
  std::vector<Checksum> seen;
  seen.reserve(files.size());
  const auto count = static_cast<double>(files.size());
  for (const fs::path& file : files) {
    const auto done = static_cast<double>(seen.size());
    const fs::path into = growing / file.filename().string();
    const std::string digest = take(file, into, context.part(done / count, (done + 1) / count));
    seen.push_back({name, file.filename().string(), fs::file_size(into), digest,
                    core::valid_utf8(fs::absolute(file).string()), core::rfc3339(core::now())});
  }
  return seen;
}

}  // namespace

InstalledModel add_model(const fs::path& models_dir, const Registry& registry, const NewModel& model,
                         const core::Context& context) {
  const fs::path& weights = model.files.front();
  check_kind(weights, model.role);
  const std::string name = model.name.empty() ? weights.stem().string() : model.name;
  check_name(name, registry, installed_models(models_dir, registry));
  const std::vector<fs::path> files = files_of(model);
  check_files(files);

  const fs::path place = model_folder(models_dir, model.role, name);
  Incoming growing(models_dir, name);
  try {
    growing.clear_but({});  // what a killed run left
    const std::vector<Checksum> seen = take_all(files, name, growing, context);
    forget_checksums(models_dir, name);
    remember_checksums(models_dir, seen);
    growing.rename(place);
  } catch (...) {
    growing.clear_but({});
    throw;
  }
  const auto models = installed_models(models_dir, registry);
  return *std::ranges::find(models, place, &InstalledModel::place);
}

}  // namespace reelwright::inference
