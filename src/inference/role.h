#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace reelwright::inference {

/// What a model does in this program: an engine asks for a model by its role.
enum class Role {
  transcriber,
  aligner,
  detector,
  face_detector,
  embedder,
  language_model,
  synthesizer,
  segmentation,
  speaker_embedder,
};

/// The shape in which weights lie in their file.
enum class Format {
  ggml,  ///< as whisper.cpp reads it
  gguf,  ///< as llama.cpp reads it
  onnx,
};

std::span<const Role> roles();

/// As in JSON, on the command line and as a folder's name: `face_detector`.
std::string_view name(Role role);
std::string_view name(Format format);

/// Nothing where there is none of that name.
std::optional<Role> role_from(std::string_view name);
std::optional<Format> format_from(std::string_view name);

/// The format that the engines of a role read.
Format format_of(Role role);

/// All names, with commas between.
std::string role_names();

}  // namespace reelwright::inference
