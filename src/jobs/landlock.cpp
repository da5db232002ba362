#include "jobs/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::jobs {

namespace {

namespace fs = std::filesystem;

using Rights = std::uint64_t;

constexpr Rights read_file = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr Rights read_all = read_file | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr Rights write_file = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;
constexpr Rights keep_house = read_all | write_file | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                              LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                              LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REFER;
constexpr Rights for_files = read_file | write_file;  // the others are of folders and refused on files

/// Every right over files that this version can take away.
Rights known_rights(int version) {
  Rights rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // the first version's
  if (version >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
  if (version >= 5) rights |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
  return rights;
}

landlock_ruleset_attr everything(int version) {
  landlock_ruleset_attr all{};
  all.handled_access_fs = known_rights(version);
  if (version >= 4) all.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
  if (version >= 6) all.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
  return all;
}

/// The system has no functions for these calls.
long restrict_self(int rules, unsigned flags) { return ::syscall(SYS_landlock_restrict_self, rules, flags); }

class Rules {
 public:
  explicit Rules(int version)
      : all_(everything(version)),
        rules_(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all_, sizeof all_, 0))) {}

  bool valid() const { return rules_.get() >= 0; }
  int get() const { return rules_.get(); }

  /// Throws `not_found` where `path` is missing and `must_stand`.
  void allow(const fs::path& path, Rights rights, bool must_stand) {
    const core::Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (place.get() < 0) {
      if (must_stand) core::throw_errno(errno, "read", path);
      return;
    }
    struct stat facts{};
    if (::fstat(place.get(), &facts) == 0 && !S_ISDIR(facts.st_mode)) rights &= for_files;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = rights & all_.handled_access_fs;
    rule.parent_fd = place.get();
    if (::syscall(SYS_landlock_add_rule, rules_.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
      core::throw_errno(errno, "confine a job to", path);
  }

 private:
  landlock_ruleset_attr all_;
  core::Descriptor rules_;
};

}  // namespace

int landlock_version() {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : static_cast<int>(version);
}

Confined enter_landlock(const FileRights& rights) {
  const int version = landlock_version();
  if (version == 0) return Confined::no;
  Rules rules(version);
  if (!rules.valid()) return Confined::no;
  for (const fs::path& path : rights.readable) rules.allow(path, read_all, false);
  for (const fs::path& path : rights.writable) rules.allow(path, read_file | write_file, false);
  for (const fs::path& path : rights.workspaces) rules.allow(path, keep_house, true);
  if (restrict_self(rules.get(), LANDLOCK_RESTRICT_SELF_TSYNC) == 0) return Confined::all_threads;
  return restrict_self(rules.get(), 0) == 0 ? Confined::one_thread : Confined::no;
}

}  // namespace reelwright::jobs
