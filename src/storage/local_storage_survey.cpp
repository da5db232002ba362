#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "storage/atomic_file.h"
#include "storage/folder.h"
#include "storage/keys.h"
#include "storage/local_object.h"
#include "storage/local_storage.h"

// What lies in a local store, how much room it takes, and whether it can be used.

namespace reelwright::storage {

namespace fs = std::filesystem;
using core::Descriptor;
using core::Error;
using core::ErrorCode;

namespace {

bool is_hidden(std::string_view path) { return path.starts_with('.') || path.contains("/."); }

}  // namespace

void LocalStorage::list(const std::string& prefix, const std::function<void(const Object&)>& visit) {
  const auto folder = open_folder(open_root().get(), without_slash(prefix));
  if (!folder) return;
  each_file(folder->get(), [&](const std::string& path, const struct stat& facts) {
    // What has no key cannot be asked for: a job may have left any names in its workspace.
    if (is_hidden(path) || !is_key(prefix + path)) return;
    visit(object_of(prefix + path, facts));
  });
}

std::vector<std::string> LocalStorage::children(const std::string& prefix) {
  std::vector<std::string> found;
  const auto folder = open_folder(open_root().get(), without_slash(prefix));
  if (!folder) return found;
  each_name(folder->get(), [&](const char* name) {
    struct stat facts{};
    if (!is_name(name) || ::fstatat(folder->get(), name, &facts, AT_SYMLINK_NOFOLLOW) != 0) return;
    if (S_ISDIR(facts.st_mode)) found.push_back(std::string(name) + '/');
    if (S_ISREG(facts.st_mode)) found.emplace_back(name);
  });
  std::ranges::sort(found);
  return found;
}

/// In a file without a name where there can be one, so that nothing is left however this ends.
void LocalStorage::check() {
  fs::path named;
  Descriptor file(::open(root_.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    named = core::temporary_beside(root_ / "check");
    file = Descriptor(::open(named.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  }
  constexpr std::array<char, 4096> page{};
  const bool wrote = file.get() >= 0 && ::write(file.get(), page.data(), page.size()) > 0;
  const int problem = wrote ? 0 : errno;
  if (!named.empty()) ::unlink(named.c_str());
  if (problem == ENOSPC || problem == EDQUOT) core::throw_errno(problem, "write", root_);
  if (problem != 0)
    throw Error(ErrorCode::unavailable, fmt::format("Nothing can be written to {} just now.", root_.string()),
                std::error_code(problem, std::generic_category()).message());
}

std::optional<std::uint64_t> LocalStorage::free_bytes() {
  struct statvfs facts{};
  if (::statvfs(root_.c_str(), &facts) != 0) core::throw_errno(errno, "open", root_);
  return static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize;
}

std::uint64_t LocalStorage::used_bytes(const std::string& prefix) {
  const auto folder = open_folder(open_root().get(), without_slash(prefix));
  if (!folder) return 0;
  std::uint64_t bytes = 0;
  std::set<std::pair<dev_t, ino_t>> counted;
  each_file(folder->get(), [&](const std::string&, const struct stat& facts) {
    if (facts.st_nlink == 1 || counted.emplace(facts.st_dev, facts.st_ino).second)
      bytes += static_cast<std::uint64_t>(facts.st_size);
  });
  return bytes;
}

/// Workspaces have none: nothing is put there.
void LocalStorage::remove_leftovers(core::Moment before) {
  const Descriptor root = open_root();
  const auto sweep = [&](const std::string& path) {
    if (const auto folder = open_folder(root.get(), path)) remove_unfinished(folder->get(), before);
  };
  sweep("uploads");
  for (const std::string& kind : children(std::string(results))) {
    if (!kind.ends_with('/')) continue;
    for (const std::string& job : children(std::string(results) + kind))
      if (job.ends_with('/')) sweep(std::string(results) + kind + job.substr(0, job.size() - 1));
  }
}

}  // namespace reelwright::storage
