#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "core/json.h"
#include "stage/workspace.h"

namespace reelwright::stage {

/// None where the file holds something else than a whole `T`.
template <typename T>
std::optional<T> read_json(const std::filesystem::path& file) {
  constexpr std::uintmax_t largest = std::uintmax_t{1} << 31;
  T value{};
  if (glz::read_json(value, core::read_file(file, largest))) return {};
  return value;
}

/// A value that a stage made, kept as JSON in the workspace, and whether it stood there already. `T` is an
/// aggregate that glaze reflects. An artifact that cannot be read, because a full disk or a crash of the
/// machine cut it short, is made again. Include only in sources: glaze is slow to compile.
template <typename T, typename Make>
std::pair<T, bool> produce_json(Workspace& workspace, std::string_view name, std::string_view key, Make make,
                                Older older = Older::removed) {
  T made{};
  const auto write = [&](const std::filesystem::path& file) {
    made = make();
    core::write_file(file, core::to_json(made, "a result"));
  };
  const auto artifact = workspace.produce(name, key, write, older);
  if (artifact.reused) {
    if (auto value = read_json<T>(artifact.file)) return {std::move(*value), true};
    std::filesystem::remove(artifact.file);
    workspace.produce(name, key, write, older);
  }
  return {std::move(made), false};
}

}  // namespace reelwright::stage
