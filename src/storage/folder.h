#pragma once

// Inside `storage/` only: folders by descriptors. No link inside is ever followed, and what a folder holds is
// taken as made by a stranger: links, pipes, any depth, any names.

#include <sys/stat.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/files.h"

namespace reelwright::storage {

/// `path` (names with `/` between, or empty) below the folder `at`; nothing where a part is missing. Throws
/// where a part is no folder.
std::optional<core::Descriptor> open_folder(int at, std::string_view path);

/// The same, making what is missing so that it survives a loss of power.
core::Descriptor make_folder(int at, std::string_view path);

/// The names in it, hidden ones too, in no order.
void each_name(int folder, const std::function<void(const char* name)>& visit);

/// Every regular file below, by its path from there, hidden ones too; at most 32 folders deep.
void each_file(int folder,
               const std::function<void(const std::string& path, const struct stat& facts)>& visit);

/// Removes all that is in the folder, however deep. What another removes at the same time is no error.
void empty_folder(int folder);

}  // namespace reelwright::storage
