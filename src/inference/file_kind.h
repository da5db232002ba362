#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "inference/role.h"

namespace reelwright::inference {

/// What a file is by its first bytes.
enum class FileKind {
  ggml,
  gguf,
  onnx,
  json,
  web_page,     ///< what a server shows instead of the file it was asked for
  lfs_pointer,  ///< what lies in a Git repository in place of a large file
  empty,
  other,
};

struct FileLook {
  FileKind kind = FileKind::other;
  bool cut_short = false;    ///< it says of itself that there should be more; not every kind can tell
  bool is_whisper = false;   ///< ggml with Whisper's vocabulary
  bool is_parakeet = false;  ///< ggml with Parakeet's numbers
  std::string problem{};     ///< why it cannot be run (ggml: as either; GGUF), to follow "is"
};

/// Reads a few bytes, of GGUF and ggml the headers, not the file. ONNX has no magic number: its
/// parts are walked over by their lengths. Throws `not_found`, `forbidden`, `invalid_input` (a folder).
FileLook look_at(const std::filesystem::path& file);

/// To follow "is": "a ggml model", "a web page".
std::string_view description(FileKind kind);

/// Nothing where the kind is none of a model's weights.
std::optional<Format> format_of(FileKind kind);

FileKind kind_of(Format format);

/// Why `file` cannot be what stands under `name` in a model, to follow "FILE is ": "a web page, not a ggml
/// model". Weights (`format` is given) must be of their format; a `.json` must be one; anything else must
/// only be no web page and the like. Empty where all is well. Throws as `look_at` does.
std::string kind_problem(const std::filesystem::path& file, std::string_view name,
                         std::optional<Format> format);

}  // namespace reelwright::inference
