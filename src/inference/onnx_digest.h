#pragma once

#include <filesystem>
#include <string>

namespace reelwright::inference {

/// SHA-256 of all of a model's file: by it results are found again wherever the file lies. About a second a
/// GB. Throws `not_found`, `forbidden`, `invalid_input` (a folder).
std::string onnx_digest(const std::filesystem::path& file);

}  // namespace reelwright::inference
