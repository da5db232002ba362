#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inference/role.h"

namespace reelwright::inference {

/// A file of a model, as the registry knows it.
struct ModelFile {
  std::string name;                      ///< plain, without folders
  std::string url;                       ///< public: it is shown
  std::optional<std::uint64_t> bytes{};  ///< where it is known
  std::string sha256{};                  ///< lower case; empty where it is not known

  bool operator==(const ModelFile&) const = default;
};

/// A model that can be fetched by its name.
struct Model {
  std::string name;
  Role role{};
  Format format{};
  std::vector<std::string> languages{};  ///< BCP 47; "*": many; none: it has nothing to do with language
  std::string licence{};
  std::string about{};             ///< one sentence
  std::string needs{};             ///< for example "388 MB of memory"; may be empty
  std::vector<ModelFile> files{};  ///< at least one; the first holds the weights

  /// Of all files; nothing where that of one is not known.
  std::optional<std::uint64_t> bytes() const;
};

/// The models that are known by name. Immutable.
class Registry {
 public:
  /// The program's own list and, where `own` is not empty, that of the user's file, whose entries go before
  /// those of the same name. Throws `invalid_input` on a file that is no registry, naming the place in it,
  /// and what `core::read_file` throws.
  static Registry load(const std::filesystem::path& own = {});

  /// From the text of one file; `place` names it in errors.
  static Registry parse(std::string_view json, const std::string& place);

  const std::vector<Model>& models() const { return models_; }

  /// Null where there is none of that name.
  const Model* find(std::string_view name) const;

 private:
  std::vector<Model> models_;
};

/// Whether a model may have that name: letters, digits, `.`, `_` and `-`, beginning with a letter or digit,
/// at most 100; not that of a role, which is a folder's.
bool is_model_name(std::string_view name);

/// Whether a file of a model may have that name in the registry: as above, at most 200.
bool is_file_name(std::string_view name);

/// What a model's name must be, to follow "must be".
inline constexpr std::string_view model_name_rule =
    "letters, digits, '.', '_' and '-', at most 100, beginning with a letter or digit, and no role";

}  // namespace reelwright::inference
