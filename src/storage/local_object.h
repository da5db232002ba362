#pragma once

// Inside `storage/` only: how keys and objects stand to paths and files.

#include <sys/stat.h>

#include <string>
#include <string_view>

#include "storage/storage.h"

namespace reelwright::storage {

/// The folder of a prefix. Throws where it is none.
std::string_view without_slash(const std::string& prefix);

/// What is told of a file under a key.
Object object_of(std::string key, const struct stat& facts);

}  // namespace reelwright::storage
