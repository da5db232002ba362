#include "database/open.h"

#include <fcntl.h>

#include <cerrno>
#include <filesystem>

#include "core/config.h"
#include "core/files.h"
#include "database/session.h"

namespace reelwright::database {

namespace {

/// SQLite gives its other files the rights of the first.
void make_file(const std::filesystem::path& file) {
  std::error_code failure;
  const bool made = std::filesystem::create_directories(file.parent_path(), failure);
  if (failure) core::throw_errno(failure.value(), "make the folder", file.parent_path());
  if (made) std::filesystem::permissions(file.parent_path(), std::filesystem::perms::owner_all, failure);
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) core::Descriptor{fd};
  if (fd < 0 && errno != EEXIST) core::throw_errno(errno, "make", file);
}

}  // namespace

std::string database_url(const core::Config& config) {
  const std::string& url = config.text("DATABASE_URL");
  if (!url.empty()) return url;
  return "sqlite:///" + std::filesystem::absolute(config.path("STORAGE_PATH") / "reelwright.db").string();
}

std::unique_ptr<Database> open_database(const core::Config& config, int connections) {
  const std::string url = database_url(config);
  make_file(path_in(url));
  auto database = std::make_unique<Database>(url, connections);
  database->migrate();
  return database;
}

}  // namespace reelwright::database
