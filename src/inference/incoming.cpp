#include "inference/incoming.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "core/error.h"
#include "inference/models_folder.h"

namespace reelwright::inference {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

Incoming::Incoming(const fs::path& models_dir, const std::string& name)
    : path_(incoming_folder(models_dir, name)) {
  // Again where another process took the folder away between making and locking.
  for (struct stat facts{}; facts.st_nlink == 0;) {
    make_folders(path_);
    lock_ = core::Descriptor(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (lock_.get() < 0 && errno == ENOENT) continue;
    if (lock_.get() < 0) core::throw_errno(errno, "open", path_);
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
      throw Error(ErrorCode::conflict,
                  fmt::format("Another process is at work on the model {}; wait until it is done.", name));
    if (::fstat(lock_.get(), &facts) != 0) core::throw_errno(errno, "read", path_);
  }
}

Incoming::~Incoming() {
  std::error_code ignored;  // what is not empty stays, for the next process
  fs::remove(path_, ignored);
  fs::remove(path_.parent_path(), ignored);
}

void Incoming::rename(const fs::path& place) {
  make_folders(place.parent_path());
  std::error_code error;
  fs::rename(path_, place, error);
  if (error == std::errc::directory_not_empty || error == std::errc::file_exists ||
      error == std::errc::not_a_directory)
    throw Error(ErrorCode::conflict,
                fmt::format("{} holds something else; move it away and run it again.", place.string()));
  if (error) core::throw_errno(error.value(), "write", place);
}

void Incoming::clear_but(const std::vector<std::string>& names) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_)) {
    if (std::ranges::contains(names, entry.path().filename().string())) continue;
    fs::remove_all(entry.path(), error);
    if (error) core::throw_errno(error.value(), "remove", entry.path());
  }
}

}  // namespace reelwright::inference
