#pragma once

#include <filesystem>
#include <string>

#include "core/context.h"

namespace reelwright::inference {

/// SHA-256 of all of a file, 64 lower-case hexadecimal digits. Takes a second or two a GB. Throws
/// `not_found`, `forbidden`, `invalid_input` (a folder), `cancelled`.
std::string file_digest(const std::filesystem::path& file, const core::Context& context);

/// Writes the file anew as `copy`, synced, and gives its digest. Throws the same, and `storage_full`; what
/// was written then stays for the caller to clear away.
std::string copy_with_digest(const std::filesystem::path& file, const std::filesystem::path& copy,
                             const core::Context& context);

}  // namespace reelwright::inference
