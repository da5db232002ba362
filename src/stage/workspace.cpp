#include "stage/workspace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <iterator>
#include <system_error>

#include "core/digest.h"
#include "core/error.h"
#include "core/files.h"

namespace reelwright::stage {

namespace fs = std::filesystem;

Workspace::Workspace(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  made_ = fs::create_directories(folder_, error);
  if (error) core::throw_errno(error.value(), "make", folder_);
  const fs::path lock = folder_ / ".lock";
  lock_ = std::make_unique<core::Descriptor>(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock_->get() < 0) core::throw_errno(errno, "write", lock);
  if (::flock(lock_->get(), LOCK_EX | LOCK_NB) != 0)
    throw core::Error(
        core::ErrorCode::conflict,
        fmt::format("Another run is working in {}; wait for it, or name another folder with --workspace.",
                    folder_.string()));
  remove_unfinished();
}

Workspace::~Workspace() {
  if (!made_) return;
  std::error_code ignored;
  const fs::directory_iterator entries(folder_, ignored);
  if (std::distance(fs::begin(entries), fs::end(entries)) == 1) remove();  // its own lock
}

Workspace::Artifact Workspace::produce(std::string_view name, std::string_view key,
                                       const std::function<void(const fs::path&)>& make, Older older) {
  const fs::path plain(name);
  // `stem~hash.ext`: readers tell formats from extensions.
  const fs::path file = folder_ / fmt::format("{}~{}{}", plain.stem().string(),
                                              core::sha256(key).substr(0, 16), plain.extension().string());
  used_.insert(file);
  if (fs::exists(file)) return {file, true};
  const fs::path temporary = core::temporary_beside(file);
  try {
    make(temporary);
    std::error_code error;
    fs::rename(temporary, file, error);
    if (error) core::throw_errno(error.value(), "write", file);
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
  if (older == Older::removed) remove_older(name, file);
  return {file, false};
}

/// What `produce` was writing when a run was killed.
void Workspace::remove_unfinished() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') && name.contains('~') && entry.is_regular_file(ignored))
      fs::remove(entry.path(), ignored);
  }
}

void Workspace::remove_older(std::string_view name, const fs::path& keep) const {
  const std::string beginning = fs::path(name).stem().string() + "~";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    const fs::path& path = entry.path();
    if (path != keep && path.extension() == keep.extension() &&
        path.filename().string().starts_with(beginning))
      fs::remove(path, ignored);
  }
}

void Workspace::sweep() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    const fs::path& path = entry.path();
    if (path.filename().string().contains('~') && !used_.contains(path)) fs::remove(path, ignored);
  }
}

void Workspace::remove() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace reelwright::stage
