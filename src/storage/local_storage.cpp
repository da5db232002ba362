#include "storage/local_storage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/error.h"
#include "storage/atomic_file.h"
#include "storage/folder.h"
#include "storage/keys.h"
#include "storage/local_object.h"

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
  return object_of(key, facts);
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

}  // namespace reelwright::storage
