#pragma once

#include <memory>
#include <string>

#include "database/database.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::database {

/// DATABASE_URL, or where that is empty the URL of `reelwright.db` in STORAGE_PATH.
std::string database_url(const core::Config& config);

/// The database of the settings, its folder made for its owner alone where it is missing, its tables up to
/// date. Throws what `Database` throws, `forbidden` where the folder
/// cannot be made.
std::unique_ptr<Database> open_database(const core::Config& config, int connections = 4);

}  // namespace reelwright::database
