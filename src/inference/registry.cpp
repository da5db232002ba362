#include "inference/registry.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/files.h"
#include "inference/registry_json.h"

namespace reelwright::inference {

namespace {

constexpr std::uintmax_t largest_registry = 4 << 20;

// GCC and Clang know #embed in every standard, and say that it is not yet part of C++23.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wc++26-extensions"
#pragma GCC diagnostic ignored "-Wc23-extensions"
constexpr char embedded[] = {
#embed "models.json"
};
#pragma GCC diagnostic pop

bool is_plain(std::string_view name, std::size_t longest) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto is_allowed = [&](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= longest && is_alphanumeric(name.front()) &&
         std::ranges::all_of(name, is_allowed);
}

}  // namespace

bool is_model_name(std::string_view name) { return is_plain(name, 100) && !role_from(name); }

bool is_file_name(std::string_view name) { return is_plain(name, 200); }

std::optional<std::uint64_t> Model::bytes() const {
  std::uint64_t sum = 0;
  for (const ModelFile& file : files) {
    if (!file.bytes) return {};
    sum += *file.bytes;
  }
  return sum;
}

Registry Registry::parse(std::string_view json, const std::string& place) {
  Registry registry;
  registry.models_ = models_from(json, place);
  return registry;
}

Registry Registry::load(const std::filesystem::path& own) {
  static const std::vector<Model> builtin =
      models_from({embedded, sizeof embedded}, "the program's own list of models");
  Registry registry;
  if (!own.empty()) registry.models_ = models_from(core::read_file(own, largest_registry), own.string());
  std::set<std::string, std::less<>> taken;
  for (const Model& model : registry.models_) taken.insert(model.name);
  std::ranges::copy_if(builtin, std::back_inserter(registry.models_),
                       [&](const Model& model) { return !taken.contains(model.name); });
  return registry;
}

const Model* Registry::find(std::string_view name) const {
  const auto found = std::ranges::find(models_, name, &Model::name);
  return found == models_.end() ? nullptr : &*found;
}

}  // namespace reelwright::inference
