#include "inference/registry_json.h"

#include <algorithm>
#include <set>

#include "core/json.h"
#include "core/json_place.h"
#include "core/text.h"

namespace reelwright::inference {

// Named like all else of this room: what glaze reads needs linkage.
struct RegistryFileJson {
  std::string name{};
  std::string url{};
  std::optional<std::uint64_t> bytes{};
  std::optional<std::string> sha256{};
};

struct RegistryModelJson {
  std::string name{};
  std::string role{};
  std::string format{};
  std::vector<std::string> languages{};
  std::string licence{};
  std::optional<std::string> about{};
  std::optional<std::string> needs{};
  std::vector<RegistryFileJson> files{};
};

struct RegistryJson {
  std::vector<RegistryModelJson> models{};
};

namespace {

using core::Error;
using core::ErrorCode;

struct StrictOptions : glz::opts {
  bool error_on_unknown_keys = true;
  bool error_on_missing_keys = true;  // of those that may not be absent
  bool validate_trailing_whitespace = true;
};

[[noreturn]] void refuse(const std::string& place, const std::string& why, std::string details = {}) {
  throw Error(ErrorCode::invalid_input, fmt::format("{} is no registry of models: {}.", place, why),
              std::move(details));
}

RegistryJson read(std::string_view json, const std::string& place) {
  RegistryJson registry;
  const std::string text(json);
  const auto error = glz::read<StrictOptions{}>(registry, text);
  if (!error) return registry;
  std::string where = core::printable(core::json_place(text, error.count), 200);
  // What lacks a member is what holds the last one that was read.
  if (error.ec == glz::error_code::missing_key) where = where.substr(0, where.rfind('.'));
  if (where.empty()) where = "the top";
  if (error.ec == glz::error_code::missing_key)
    refuse(place, fmt::format("{} lacks {}", where, error.custom_error_message),
           glz::format_error(error, text));
  const char* what = error.ec == glz::error_code::unknown_key ? "is a field that is not known"
                                                              : "is not JSON of the right type";
  refuse(place, fmt::format("{} {}", where, what), glz::format_error(error, text));
}

bool is_digest(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

ModelFile file_from(const RegistryFileJson& json, const std::string& of, const std::string& place) {
  if (!is_file_name(json.name))
    refuse(place, fmt::format("{} has a file of the name '{}'; a name is letters, digits, '.', '_' and '-'",
                              of, core::printable(json.name, 200)));
  if (!json.url.starts_with("https://") && !json.url.starts_with("http://"))
    refuse(place, fmt::format("the url of {} in {} must begin with https://", json.name, of));
  if (json.sha256 && !is_digest(*json.sha256))
    refuse(place, fmt::format("the sha256 of {} in {} must be 64 digits of 0-9 and a-f", json.name, of));
  if (json.bytes == 0U) refuse(place, fmt::format("{} in {} has 0 bytes", json.name, of));
  return {json.name, json.url, json.bytes, json.sha256.value_or("")};
}

std::vector<ModelFile> files_from(const RegistryModelJson& json, const std::string& of,
                                  const std::string& place) {
  if (json.files.empty()) refuse(place, fmt::format("{} has no files", of));
  std::set<std::string> names;
  std::vector<ModelFile> files;
  files.reserve(json.files.size());
  for (const RegistryFileJson& file : json.files) {
    files.push_back(file_from(file, of, place));
    if (!names.insert(file.name).second) refuse(place, fmt::format("{} has {} twice", of, file.name));
  }
  return files;
}

Model model_from(const RegistryModelJson& json, const std::string& place) {
  if (!is_model_name(json.name))
    refuse(place, fmt::format("'{}' is no name of a model, which is {}", core::printable(json.name, 200),
                              model_name_rule));
  const auto role = role_from(json.role);
  if (!role) refuse(place, fmt::format("the role of {} must be one of {}", json.name, role_names()));
  const auto format = format_from(json.format);
  if (!format) refuse(place, fmt::format("the format of {} must be ggml, gguf or onnx", json.name));
  return {.name = json.name,
          .role = *role,
          .format = *format,
          .languages = json.languages,
          .licence = json.licence,
          .about = json.about.value_or(""),
          .needs = json.needs.value_or(""),
          .files = files_from(json, json.name, place)};
}

}  // namespace

std::vector<Model> models_from(std::string_view json, const std::string& place) {
  std::vector<Model> models;
  std::set<std::string> names;
  const RegistryJson registry = read(json, place);
  models.reserve(registry.models.size());
  for (const RegistryModelJson& entry : registry.models) {
    models.push_back(model_from(entry, place));
    if (!names.insert(entry.name).second) refuse(place, fmt::format("{} stands in it twice", entry.name));
  }
  return models;
}

}  // namespace reelwright::inference
