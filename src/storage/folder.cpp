#include "storage/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <memory>

namespace reelwright::storage {

namespace {

using core::Descriptor;

constexpr int deepest = 32;
constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

void make_one(int at, const std::string& name) {
  if (::mkdirat(at, name.c_str(), 0777) == 0) {
    if (::fsync(at) != 0) core::throw_errno(errno, "write", name);
  } else if (errno != EEXIST) {
    core::throw_errno(errno, "write", name);
  }
}

/// Of no file where a part is missing.
Descriptor walk(int at, std::string_view path, bool make) {
  Descriptor folder(::openat(at, ".", folder_flags));
  if (folder.get() < 0) core::throw_errno(errno, "open", path);
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    if (make) make_one(folder.get(), name);
    Descriptor next(::openat(folder.get(), name.c_str(), folder_flags));
    if (next.get() < 0 && errno == ENOENT && !make) return next;
    if (next.get() < 0) core::throw_errno(errno == ELOOP ? ENOTDIR : errno, "open", name);
    folder = std::move(next);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return folder;
}

void each_file_below(int folder, const std::string& path, int depth,
                     const std::function<void(const std::string&, const struct stat&)>& visit) {
  each_name(folder, [&](const char* name) {
    struct stat facts{};
    if (::fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0) return;  // gone meanwhile
    if (S_ISREG(facts.st_mode)) visit(path + name, facts);
    if (!S_ISDIR(facts.st_mode) || depth == deepest) return;
    const Descriptor inner(::openat(folder, name, folder_flags));
    if (inner.get() >= 0) each_file_below(inner.get(), path + name + '/', depth + 1, visit);
  });
}

/// Removes what lies in `folder`. What lies deeper than a stack should be is moved up to `top` for another
/// turn; true where there was such.
bool empty_once(int top, int folder, int depth) {
  bool again = false;
  each_name(folder, [&](const char* name) {
    if (::unlinkat(folder, name, 0) == 0 || errno == ENOENT) return;
    const Descriptor inner(::openat(folder, name, folder_flags));
    if (inner.get() < 0) {
      if (errno == ENOENT) return;
      core::throw_errno(errno, "remove", name);
    }
    if (depth == deepest) {
      static std::atomic<unsigned> counter{0};
      const std::string up = fmt::format(".deep-{}-{}", ::getpid(), counter++);
      again = true;
      if (::renameat(folder, name, top, up.c_str()) != 0 && errno != ENOENT)
        core::throw_errno(errno, "remove", name);
      return;
    }
    again |= empty_once(top, inner.get(), depth + 1);
    if (::unlinkat(folder, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
      core::throw_errno(errno, "remove", name);
  });
  return again;
}

}  // namespace

std::optional<Descriptor> open_folder(int at, std::string_view path) {
  Descriptor folder = walk(at, path, false);
  if (folder.get() < 0) return {};
  return folder;
}

Descriptor make_folder(int at, std::string_view path) { return walk(at, path, true); }

void each_name(int folder, const std::function<void(const char*)>& visit) {
  const int copy = ::openat(folder, ".", folder_flags);  // a reading position of its own
  if (copy < 0) core::throw_errno(errno, "read", ".");
  const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(copy));
  if (!stream) core::throw_errno(errno, "read", ".");
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") visit(entry->d_name);
  }
}

void each_file(int folder, const std::function<void(const std::string&, const struct stat&)>& visit) {
  each_file_below(folder, "", 0, visit);
}

void empty_folder(int folder) {
  while (empty_once(folder, folder, 0)) continue;
}

}  // namespace reelwright::storage
