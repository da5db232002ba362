#pragma once

#include <filesystem>
#include <glaze/glaze.hpp>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "stage/workspace.h"

namespace reelwright::stage {

/// A value that a stage made, kept as JSON in the workspace. `T` is an aggregate that glaze reflects. Include
/// only in sources: glaze is slow to compile.
template <typename T, typename Make>
std::pair<T, bool> produce_json(Workspace& workspace, std::string_view name, std::string_view key,
                                Make make) {
  T value{};
  const auto artifact = workspace.produce(name, key, [&](const std::filesystem::path& file) {
    value = make();
    std::string text;
    if (const auto error = glz::write_json(value, text))
      throw core::Error(core::ErrorCode::internal, "A result cannot be written as JSON.",
                        glz::format_error(error, text));
    core::write_file(file, text);
  });
  if (!artifact.reused) return {std::move(value), false};
  const std::string text = core::read_file(artifact.file, std::uintmax_t{1} << 31);
  if (const auto error = glz::read_json(value, text)) {
    std::filesystem::remove(artifact.file);  // a later run makes it anew
    throw core::Error(core::ErrorCode::internal,
                      "The workspace holds a broken artifact; run the same command again.",
                      glz::format_error(error, text));
  }
  return {std::move(value), true};
}

}  // namespace reelwright::stage
