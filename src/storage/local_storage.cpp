#include "storage/local_storage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <utility>

#include "core/error.h"
#include "storage/atomic_file.h"
#include "storage/folder.h"
#include "storage/keys.h"

namespace reelwright::storage {

namespace fs = std::filesystem;
using core::Descriptor;
using core::Error;
using core::ErrorCode;

namespace {

constexpr std::size_t block_size = 1 << 18;

std::pair<std::string, std::string> folder_and_name(const std::string& key) {
  check_key(key);
  const std::size_t slash = key.rfind('/');
  if (slash == std::string::npos) return {"", key};
  return {key.substr(0, slash), key.substr(slash + 1)};
}

std::string_view without_slash(const std::string& prefix) {
  check_prefix(prefix);
  return std::string_view(prefix).substr(0, prefix.empty() ? 0 : prefix.size() - 1);
}

core::Moment moment(const timespec& time) {
  return core::Moment(
      std::chrono::seconds(time.tv_sec) +
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds(time.tv_nsec)));
}

Object object(std::string key, const struct stat& facts) {
  return {std::move(key), static_cast<std::uint64_t>(facts.st_size),
          fmt::format("\"{:x}-{:x}-{:x}{:08x}\"", facts.st_ino, facts.st_size, facts.st_mtim.tv_sec,
                      facts.st_mtim.tv_nsec),
          moment(facts.st_mtim)};
}

[[noreturn]] void throw_missing(const std::string& key) {
  throw Error(ErrorCode::not_found, fmt::format("There is no {} in the store.", key));
}

/// Nothing where there is none, or what is there is no regular file. A pipe must not block who opens it.
std::optional<Descriptor> open_regular(int folder, const char* name) {
  Descriptor file(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts{};
  if (file.get() < 0 && errno != ENOENT && errno != ELOOP && errno != ENXIO)
    core::throw_errno(errno, "read", name);
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  return file;
}

bool is_hidden(std::string_view path) { return path.starts_with('.') || path.contains("/."); }

}  // namespace

LocalStorage::LocalStorage(fs::path root) : root_(std::move(root)) {
  std::error_code error;
  fs::create_directories(root_.parent_path(), error);
  if (::mkdir(root_.c_str(), 0700) != 0 && errno != EEXIST) core::throw_errno(errno, "make", root_);
  const Descriptor folder = open_root();
  for (const std::string_view top : {uploads, workspaces, results})
    make_folder(folder.get(), top.substr(0, top.size() - 1));
}

/// Anew each time: a disk may be mounted there while the program runs.
Descriptor LocalStorage::open_root() const {
  Descriptor folder(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) core::throw_errno(errno, "open", root_);
  return folder;
}

std::optional<Descriptor> LocalStorage::open_object(const std::string& key) const {
  const auto [path, name] = folder_and_name(key);
  const auto folder = open_folder(open_root().get(), path);
  return folder ? open_regular(folder->get(), name.c_str()) : std::nullopt;
}

void LocalStorage::put(const std::string& key, const fs::path& file) {
  check_key(key);
  const auto from = open_regular(AT_FDCWD, file.c_str());
  if (!from)
    throw Error(ErrorCode::not_found, fmt::format("{} is missing, or no regular file.", file.string()));
  put_open(key, *from);
}

void LocalStorage::copy(const std::string& from, const std::string& to) {
  check_key(to);
  const auto file = open_object(from);
  if (!file) throw_missing(from);
  put_open(to, *file);
}

void LocalStorage::put_open(const std::string& key, const Descriptor& from) {
  const auto [path, name] = folder_and_name(key);
  const Descriptor folder = make_folder(open_root().get(), path);
  place_file(from.get(), folder.get(), name);
}

std::optional<Object> LocalStorage::stat(const std::string& key) {
  const auto file = open_object(key);
  struct stat facts{};
  if (!file || ::fstat(file->get(), &facts) != 0) return {};
  return object(key, facts);
}

void LocalStorage::read(const std::string& key, std::uint64_t offset, std::uint64_t length,
                        const Sink& sink) {
  const auto file = open_object(key);
  if (!file) throw_missing(key);
  std::vector<std::byte> block(std::min<std::uint64_t>(length, block_size));
  while (length > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(length, block.size());
    const ssize_t got = ::pread(file->get(), block.data(), wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) core::throw_errno(errno, "read", key);
    const auto count = static_cast<std::size_t>(got);
    if (count == 0 || !sink(std::span(block).first(count))) return;
    offset += count;
    length -= count;
  }
}

std::optional<fs::path> LocalStorage::local_file(const std::string& key) {
  if (!open_object(key)) throw_missing(key);
  return root_ / key;
}

std::optional<fs::path> LocalStorage::local_folder(const std::string& prefix) {
  return root_ / without_slash(prefix);
}

void LocalStorage::list(const std::string& prefix, const std::function<void(const Object&)>& visit) {
  const auto folder = open_folder(open_root().get(), without_slash(prefix));
  if (!folder) return;
  each_file(folder->get(), [&](const std::string& path, const struct stat& facts) {
    // What has no key cannot be asked for: a job may have left any names in its workspace.
    if (is_hidden(path) || !is_key(prefix + path)) return;
    visit(object(prefix + path, facts));
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

bool LocalStorage::remove(const std::string& key) {
  const auto [path, name] = folder_and_name(key);
  const auto folder = open_folder(open_root().get(), path);
  if (!folder) return false;
  if (::unlinkat(folder->get(), name.c_str(), 0) == 0) return true;
  if (errno != ENOENT) core::throw_errno(errno, "remove", key);
  return false;
}

void LocalStorage::remove_all(const std::string& prefix) {
  const std::string_view path = without_slash(prefix);
  if (path.empty()) throw Error(ErrorCode::invalid_input, "The whole store is not removed at once.");
  const auto [parent_path, name] = folder_and_name(std::string(path));
  const auto parent = open_folder(open_root().get(), parent_path);
  const auto folder = parent ? open_folder(parent->get(), name) : std::nullopt;
  if (!folder) return;
  empty_folder(folder->get());
  ::unlinkat(parent->get(), name.c_str(), AT_REMOVEDIR);  // stays where something new came in
}

std::optional<std::string> LocalStorage::presign(const std::string& key, std::chrono::seconds,
                                                 const std::string&) {
  check_key(key);
  return {};
}

void LocalStorage::check() {
  const fs::path probe = core::temporary_beside(root_ / "check");
  const Descriptor file(::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const int opened = file.get() < 0 ? errno : 0;
  constexpr std::array<char, 4096> page{};
  const int wrote = opened == 0 && ::write(file.get(), page.data(), page.size()) < 0 ? errno : 0;
  if (opened == 0) ::unlink(probe.c_str());
  const int problem = opened != 0 ? opened : wrote;
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
