#include "storage/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <vector>

#include "core/files.h"
#include "core/ids.h"
#include "storage/folder.h"

namespace reelwright::storage {

namespace {

using core::Descriptor;

constexpr std::string_view beginning = ".put-";
constexpr std::size_t block_size = 1 << 20;

/// Several machines may share the folder, so no number of a process will do.
std::string unfinished_name() { return fmt::format("{}{}", beginning, core::make_uuid()); }

void sync(int file, const std::string& name) {
  if (::fsync(file) != 0) core::throw_errno(errno, "write", name);
}

/// How a name is given to an open file: by its entry in /proc, which is followed as no other link is.
bool link_to(int from, int folder, const std::string& name) {
  return ::linkat(AT_FDCWD, fmt::format("/proc/self/fd/{}", from).c_str(), folder, name.c_str(),
                  AT_SYMLINK_FOLLOW) == 0;
}

void write_block(int to, const char* bytes, std::size_t count, const std::string& name) {
  while (count > 0) {
    const ssize_t written = ::write(to, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) core::throw_errno(errno, "write", name);
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
}

/// What a recording is known by (`core::file_identity`) is the same in its copies.
void keep_time(int from, int to) {
  struct stat facts{};
  if (::fstat(from, &facts) != 0) return;
  const timespec times[] = {facts.st_atim, facts.st_mtim};
  ::futimens(to, times);
}

void copy_bytes(int from, int to, const std::string& name) {
  std::vector<char> block(block_size);
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(from, block.data(), block.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) core::throw_errno(errno, "read", name);
    if (got == 0) break;
    write_block(to, block.data(), static_cast<std::size_t>(got), name);
    at += got;
  }
  keep_time(from, to);
  sync(to, name);
}

void replace(int folder, const std::string& temporary, const std::string& name) {
  const bool renamed = ::renameat(folder, temporary.c_str(), folder, name.c_str()) == 0;
  const int problem = errno;
  // Of two names of one file rename(2) leaves both and says that all is well.
  ::unlinkat(folder, temporary.c_str(), 0);
  if (!renamed) core::throw_errno(problem, "write", name);
}

/// Gives the open file the name, in place of another that has it; false where it cannot have one there.
bool take_name(int file, int folder, const std::string& name) {
  if (!link_to(file, folder, name)) {
    if (errno != EEXIST) return false;
    const std::string temporary = unfinished_name();
    if (!link_to(file, folder, temporary)) return false;
    replace(folder, temporary, name);
  }
  sync(folder, name);
  return true;
}

/// Where the file system knows files without a name, what is interrupted leaves nothing.
bool copy_unnamed(int from, int folder, const std::string& name) {
  const Descriptor to(::openat(folder, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666));
  if (to.get() < 0) return false;
  copy_bytes(from, to.get(), name);
  return take_name(to.get(), folder, name);
}

void copy_named(int from, int folder, const std::string& name) {
  const std::string temporary = unfinished_name();
  const Descriptor to(
      ::openat(folder, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (to.get() < 0) core::throw_errno(errno, "write", name);
  try {
    copy_bytes(from, to.get(), name);
  } catch (...) {
    ::unlinkat(folder, temporary.c_str(), 0);
    throw;
  }
  replace(folder, temporary, name);
  sync(folder, name);
}

}  // namespace

void place_file(int from, int folder, const std::string& name) {
  sync(from, name);  // a name that survives a loss of power is of bytes that do
  if (take_name(from, folder, name) || copy_unnamed(from, folder, name)) return;
  copy_named(from, folder, name);
}

bool is_unfinished(const std::string& name) { return name.starts_with(beginning); }

void remove_unfinished(int folder, core::Moment before) {
  each_name(folder, [&](const char* name) {
    struct stat facts{};
    if (!is_unfinished(name) || ::fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0) return;
    // The time of the last change of the inode, which a link and every written block renew.
    if (core::Moment(std::chrono::seconds(facts.st_ctim.tv_sec)) < before) ::unlinkat(folder, name, 0);
  });
}

}  // namespace reelwright::storage
