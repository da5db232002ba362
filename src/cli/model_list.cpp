#include "cli/model_list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/table.h"
#include "core/json.h"
#include "core/text.h"
#include "inference/expected.h"

namespace reelwright::cli {

// Named like all else of this room: what glaze reads needs linkage.
struct ModelFileJson {
  std::string name{};
  std::optional<std::string> url{};
  std::optional<std::uint64_t> bytes{};
  std::optional<std::string> sha256{};
};

struct ModelJson {
  std::string name{};
  std::optional<std::string> role{};
  std::optional<std::string> format{};
  std::vector<std::string> languages{};
  std::optional<std::uint64_t> bytes{};
  std::optional<std::string> licence{};
  std::string about{};
  std::string needs{};
  bool can_be_pulled = false;
  bool installed = false;
  std::string problem{};  // one clause; empty where there is none
  std::optional<std::string> path{};
  std::vector<ModelFileJson> files{};
};

struct ModelListJson {
  std::string models_dir{};
  std::vector<ModelJson> models{};
};

struct FileVerdictJson {
  std::string model{};
  std::string path{};
  std::string verdict{};
  std::string problem{};
  std::uint64_t bytes = 0;
  std::optional<std::string> sha256{};
};

struct VerdictsJson {
  bool good = false;
  std::vector<FileVerdictJson> files{};
};

namespace {

using inference::FileVerdict;
using inference::InstalledModel;
using inference::Model;
using inference::Registry;

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string utf8(const std::filesystem::path& path) { return core::valid_utf8(path.string()); }

ModelJson from_registry(const Model& model) {
  ModelJson json{.name = model.name,
                 .role = std::string(name(model.role)),
                 .format = std::string(name(model.format)),
                 .languages = model.languages,
                 .bytes = model.bytes(),
                 .licence = model.licence,
                 .about = model.about,
                 .needs = model.needs,
                 .can_be_pulled = true};
  json.files.reserve(model.files.size());
  for (const inference::ModelFile& file : model.files)
    json.files.push_back({file.name, file.url, file.bytes, unless_empty(file.sha256)});
  return json;
}

void note_installed(ModelJson& json, const InstalledModel& installed) {
  json.installed = true;
  json.path = utf8(installed.weights());
  json.bytes = installed.bytes;
}

ModelJson of_users_own(const InstalledModel& installed) {
  ModelJson json{.name = core::valid_utf8(installed.name)};
  if (installed.role) json.role = std::string(name(*installed.role));
  if (installed.format) json.format = std::string(name(*installed.format));
  note_installed(json, installed);
  if (!installed.role)
    json.problem = "its role is not certain: move it into a folder of the role's name";
  else if (installed.format != format_of(*installed.role))
    json.problem = fmt::format("it is no {} file", name(format_of(*installed.role)));
  json.files.reserve(installed.files.size());
  for (const auto& file : installed.files) json.files.push_back({utf8(file.filename()), {}, {}, {}});
  return json;
}

std::vector<ModelJson> all_models(const Registry& registry, const std::vector<InstalledModel>& installed) {
  std::vector<ModelJson> all;
  for (const Model& model : registry.models()) {
    all.push_back(from_registry(model));
    const auto found = std::ranges::find_if(
        installed, [&](const InstalledModel& one) { return known_as(registry, one) == &model; });
    if (found == installed.end()) continue;
    note_installed(all.back(), *found);
    all.back().problem = size_problem(*found, inference::expected_files(model.name, &model, {}));
  }
  for (const InstalledModel& model : installed)
    if (!known_as(registry, model)) all.push_back(of_users_own(model));
  return all;
}

std::string languages_text(const std::vector<std::string>& languages) {
  if (languages.empty()) return "-";
  return std::ranges::contains(languages, "*") ? "many" : fmt::format("{}", fmt::join(languages, ","));
}

std::vector<std::string> row(const ModelJson& model) {
  const std::string state = !model.installed ? "no" : model.can_be_pulled ? "yes" : "yes, your own";
  return {core::printable(model.name, 100),
          model.role.value_or("?"),
          core::printable(languages_text(model.languages), 40),
          model.bytes ? size_text(*model.bytes) : "?",
          core::printable(model.licence.value_or("-"), 40),
          model.problem.empty() ? state : fmt::format("{}, but {}", state, model.problem)};
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (size < 1e3) return fmt::format("{} B", bytes);
  if (size < 1e6) return fmt::format("{:.0f} kB", size / 1e3);
  return size < 1e9 ? fmt::format("{:.0f} MB", size / 1e6) : fmt::format("{:.1f} GB", size / 1e9);
}

std::string model_table(const Registry& registry, const std::vector<InstalledModel>& installed) {
  std::vector<std::vector<std::string>> lines = {
      {"NAME", "ROLE", "LANGUAGES", "SIZE", "LICENCE", "INSTALLED"}};
  for (const ModelJson& model : all_models(registry, installed)) lines.push_back(row(model));
  return aligned(lines);
}

std::string model_list_json(const std::filesystem::path& models_dir, const Registry& registry,
                            const std::vector<InstalledModel>& installed) {
  const ModelListJson list{utf8(models_dir), all_models(registry, installed)};
  return core::to_json<true>(list, "the models") + "\n";
}

std::string verdict_table(const std::vector<VerifiedModel>& models) {
  std::vector<std::vector<std::string>> lines = {{"MODEL", "FILE", "STATE"}};
  for (const VerifiedModel& model : models)
    for (const FileVerdict& file : model.files) {
      const char* good =
          file.verdict == inference::Verdict::good ? "good" : "its kind is right; no checksum is known";
      lines.push_back({core::printable(model.name, 100), core::printable(file.file.filename().string(), 100),
                       file.problem.empty() ? good : file.problem});
    }
  return aligned(lines);
}

std::string verdicts_json(const std::vector<VerifiedModel>& models) {
  VerdictsJson json{.good = true, .files = {}};
  for (const VerifiedModel& model : models)
    for (const FileVerdict& file : model.files) {
      json.good = json.good && !is_fault(file.verdict);
      json.files.push_back({core::valid_utf8(model.name), utf8(file.file), std::string(name(file.verdict)),
                            file.problem, file.bytes, unless_empty(file.sha256)});
    }
  return core::to_json<true>(json, "what was found") + "\n";
}

}  // namespace reelwright::cli
