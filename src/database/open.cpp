#include "database/open.h"

#include <filesystem>

#include "core/config.h"
#include "core/files.h"
#include "database/session.h"

namespace reelwright::database {

namespace {

/// For its owner alone, unless it is there.
void make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  const bool made = std::filesystem::create_directories(folder, failure);
  if (failure) core::throw_errno(failure.value(), "make the folder", folder);
  if (made) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
}

}  // namespace

std::string database_url(const core::Config& config) {
  const std::string& url = config.text("DATABASE_URL");
  if (!url.empty()) return url;
  return "sqlite:///" + std::filesystem::absolute(config.path("STORAGE_PATH") / "reelwright.db").string();
}

std::unique_ptr<Database> open_database(const core::Config& config, int connections) {
  const std::string url = database_url(config);
  make_folder(std::filesystem::path(path_in(url)).parent_path());
  auto database = std::make_unique<Database>(url, connections);
  database->migrate();
  return database;
}

}  // namespace reelwright::database
