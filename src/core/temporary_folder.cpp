#include "core/temporary_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

namespace reelwright::core {

namespace fs = std::filesystem;

namespace {

std::string beginning(const fs::path& place) {
  return fmt::format(".{}.reelwright-", place.filename().string());
}

/// Null where another process holds the folder, or it is gone.
std::unique_ptr<Descriptor> lock(const fs::path& folder) {
  auto held =
      std::make_unique<Descriptor>(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat facts{};
  if (held->get() < 0 || ::flock(held->get(), LOCK_EX | LOCK_NB) != 0 || ::fstat(held->get(), &facts) != 0 ||
      facts.st_nlink == 0)
    return nullptr;
  return held;
}

}  // namespace

TemporaryFolder::TemporaryFolder(const fs::path& place) {
  static std::atomic<unsigned> counter{0};
  // Again where the name is taken, or a sweep came between making and locking.
  while (!lock_) {
    path_ = place.parent_path() / fmt::format("{}{}-{}", beginning(place), ::getpid(), counter++);
    if (::mkdir(path_.c_str(), 0777) == 0)
      lock_ = lock(path_);
    else if (errno != EEXIST)
      throw_errno(errno, "write", place);
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

void TemporaryFolder::rename(const fs::path& place) {
  std::error_code error;
  fs::rename(path_, place, error);
  if (error) throw_errno(error.value(), "write", place);
  path_.clear();
}

void TemporaryFolder::sweep(const fs::path& place) noexcept try {
  const std::string mine = beginning(place);
  for (const auto& entry : fs::directory_iterator(place.parent_path())) {
    if (!entry.path().filename().string().starts_with(mine)) continue;
    std::error_code ignored;
    if (const auto held = lock(entry.path())) fs::remove_all(entry.path(), ignored);
  }
} catch (const std::exception&) {
  return;  // an unreadable parent is found out by who writes there
}

}  // namespace reelwright::core
