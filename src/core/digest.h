#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace reelwright::core {

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

/// Tells one version of a file from another without reading the whole of it: the digest of its size, the time
/// of its last change and its first and last MiB. Throws `not_found`, `forbidden` or `invalid_input` (a
/// folder).
std::string file_identity(const std::filesystem::path& file);

}  // namespace reelwright::core
