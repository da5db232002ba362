#include "storage/local_storage.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/config.h"
#include "core/error.h"
#include "storage/atomic_file.h"
#include "storage/folder.h"
#include "support/media_fixture.h"

namespace reelwright::storage {
namespace {

namespace fs = std::filesystem;
using core::Error;

class Local : public ::testing::Test {
 protected:
  fs::path write(const fs::path& path, const std::string& content) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  static std::size_t entries(const fs::path& place) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(place), fs::directory_iterator()));
  }

  testing::TemporaryFolder folder;
  fs::path root = folder / "store";
  LocalStorage storage{root};
};

TEST_F(Local, TheFolderHasTheLayoutOfTheBlueprintAndIsItsOwnersAlone) {
  EXPECT_TRUE(fs::is_directory(root / "uploads"));
  EXPECT_TRUE(fs::is_directory(root / "processing"));
  EXPECT_TRUE(fs::is_directory(root / "results"));
  EXPECT_EQ(fs::status(root).permissions() & fs::perms::all, fs::perms::owner_all);
  EXPECT_NO_THROW(LocalStorage again(root));
}

TEST_F(Local, AFileOfTheSameDiskIsLinkedNotCopied) {
  const fs::path mine = write(folder / "mine", "bytes");
  storage.put("uploads/a.mp4", mine);
  storage.copy("uploads/a.mp4", "uploads/b.mp4");
  EXPECT_EQ(fs::hard_link_count(mine), 3U);
  EXPECT_EQ(storage.used_bytes("uploads/"), 5U);
  EXPECT_EQ(entries(root / "uploads"), 2U);
  storage.put("uploads/a.mp4", mine);  // the same file again leaves no third name
  EXPECT_EQ(entries(root / "uploads"), 2U);
}

TEST_F(Local, AFileOfAnotherDiskIsCopied) {
  fs::path other = fs::path("/dev/shm") / folder.path().filename();
  if (::access("/dev/shm", W_OK) != 0) other = folder / "same";  // the copy is then a link; still one file
  const fs::path mine = write(other, std::string(3 << 20, 'x'));
  storage.put("uploads/a.mp4", mine);
  EXPECT_EQ(storage.stat("uploads/a.mp4").value().size, 3U << 20U);
  EXPECT_EQ(fs::last_write_time(storage.local_file("uploads/a.mp4").value()), fs::last_write_time(mine));
  EXPECT_EQ(entries(root / "uploads"), 1U);
  fs::remove(mine);
}

TEST_F(Local, PathsAreThoseOfTheKeys) {
  storage.put("uploads/a.mp4", write(folder / "mine", "bytes"));
  EXPECT_EQ(storage.local_file("uploads/a.mp4"), root / "uploads/a.mp4");
  EXPECT_THROW(storage.local_file("uploads/b.mp4"), Error);
  EXPECT_EQ(storage.local_folder("processing/a/"), root / "processing/a");
  EXPECT_FALSE(storage.presign("uploads/a.mp4", std::chrono::seconds(60), "a.mp4"));
}

TEST_F(Local, LinksInsideLeadNowhere) {
  const fs::path secret = write(folder / "secret" / "a.mp4", "secret");
  fs::create_symlink(secret, root / "uploads/file.mp4");
  fs::create_symlink(folder / "secret", root / "results/clips");
  EXPECT_FALSE(storage.stat("uploads/file.mp4"));
  EXPECT_THROW(storage.local_file("uploads/file.mp4"), Error);
  EXPECT_THROW(storage.stat("results/clips/a.mp4"), Error);
  EXPECT_THROW(storage.put("results/clips/b.mp4", secret), Error);
  EXPECT_THROW(storage.copy("results/clips/a.mp4", "uploads/b.mp4"), Error);
  EXPECT_EQ(entries(folder / "secret"), 1U);
  storage.list("", [](const Object& object) { ADD_FAILURE() << object.key; });
  EXPECT_EQ(storage.used_bytes(""), 0U);
}

TEST_F(Local, WhatAJobLeftInItsWorkspaceIsRemovedWhateverItIs) {
  const fs::path secret = write(folder / "secret" / "a", "secret");
  const fs::path workspace = root / "processing" / "job";
  write(workspace / ".lock", "");
  write(workspace / "inner" / "artifact", "12345");
  fs::create_symlink(folder / "secret", workspace / "link");
  fs::create_symlink("..", workspace / "up");
  ASSERT_EQ(::mkfifo((workspace / "pipe").c_str(), 0600), 0);
  write(workspace / "line\nbreak", "123");
  EXPECT_EQ(storage.used_bytes("processing/job/"), 8U);
  std::vector<std::string> keys;
  storage.list("processing/job/", [&](const Object& object) { keys.push_back(object.key); });
  EXPECT_EQ(keys, std::vector<std::string>{"processing/job/inner/artifact"});
  EXPECT_FALSE(storage.stat("processing/job/pipe"));
  storage.remove_all("processing/job/");
  EXPECT_FALSE(fs::exists(workspace));
  EXPECT_TRUE(fs::exists(secret));
}

TEST_F(Local, ADepthThatOverrunsPathsAndStacksIsRemovedToo) {
  int at = ::open((root / "processing").c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_GE(at, 0);
  for (int depth = 0; depth < 200; ++depth) {
    const std::string name = depth == 0 ? "job" : std::string(40, 'd');
    ASSERT_EQ(::mkdirat(at, name.c_str(), 0700), 0);
    const int next = ::openat(at, name.c_str(), O_RDONLY | O_DIRECTORY);
    ASSERT_GE(next, 0);
    ::close(at);
    at = next;
  }
  ::close(at);
  EXPECT_EQ(storage.used_bytes("processing/job/"), 0U);
  storage.remove_all("processing/job/");
  EXPECT_EQ(entries(root / "processing"), 0U);
}

/// A disk of 1 MiB at `place`, for this process alone; false where the system does not let us have one.
bool mount_small_disk(const fs::path& place) {
  const std::string user = "0 " + std::to_string(::getuid()) + " 1";
  const std::string group = "0 " + std::to_string(::getgid()) + " 1";
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream("/proc/self/uid_map") << user;
  std::ofstream("/proc/self/gid_map") << group;
  return ::mount("none", place.c_str(), "tmpfs", 0, "size=1m") == 0;
}

TEST_F(Local, WhereNoLinkCanBeItIsCopiedInPlaceOfWhatWasThere) {
  const fs::path first = write(folder / "first", "first");
  const fs::path second = write(folder / "second", "second");
  // An empty folder for /proc: files have no entries there by which they could be given another name.
  const pid_t child = ::fork();
  if (child == 0) {
    if (!mount_small_disk("/proc")) ::_exit(77);
    LocalStorage here(root);
    here.put("uploads/a.mp4", first);
    here.put("uploads/a.mp4", second);
    const bool copied = fs::hard_link_count(second) == 1 && entries(root / "uploads") == 1;
    ::_exit(copied && core::read_file(root / "uploads/a.mp4", 100) == "second" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no mounting is allowed here";
  EXPECT_EQ(status, 0);
}

TEST_F(Local, AFailedPutLeavesNothing) {
  fs::create_directories(root / "uploads/a.mp4");  // a folder is in the way
  EXPECT_THROW(storage.put("uploads/a.mp4", write(folder / "mine", "bytes")), Error);
  EXPECT_EQ(entries(root / "uploads"), 1U);
}

TEST_F(Local, AFullDiskIsSaidToBeFullAndNothingHalfStays) {
  const fs::path large = write(folder / "large", std::string(3 << 20, 'x'));
  const pid_t child = ::fork();
  if (child == 0) {
    if (!mount_small_disk(root)) ::_exit(77);
    try {
      LocalStorage(root).put("uploads/a.mp4", large);
      ::_exit(1);
    } catch (const Error& error) {
      if (error.code() != core::ErrorCode::storage_full) ::_exit(2);
    }
    ::_exit(entries(root / "uploads") == 0 ? 0 : 3);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no disk of its own is allowed here";
  EXPECT_EQ(status, 0);
}

TEST_F(Local, LeftoversGoOnceNobodyTouchesThem) {
  const fs::path old = write(root / "results/clips/a/.put-0198c0de", "half");
  storage.put("results/clips/a/1.mp4", write(folder / "mine", "whole"));
  storage.remove_leftovers(core::now() - std::chrono::minutes(10));
  EXPECT_TRUE(fs::exists(old)) << "somebody may be writing it";
  storage.remove_leftovers(core::now() + std::chrono::minutes(10));
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(storage.stat("results/clips/a/1.mp4"));
}

TEST_F(Local, AStoreThatIsGoneIsUnavailable) {
  fs::remove_all(root);
  try {
    storage.check();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::unavailable);
  }
}

TEST_F(Local, TheSettingsNameTheStore) {
  core::Config::Inputs inputs;
  inputs.flags["STORAGE_PATH"] = (folder / "named/store").string();
  inputs.folder = folder.path();
  inputs.environment = [](const char*) -> const char* { return nullptr; };
  const auto made = make_storage(core::Config::load(inputs));
  made->put("uploads/a.mp4", write(folder / "mine", "bytes"));
  EXPECT_TRUE(fs::exists(folder / "named/store/uploads/a.mp4"));
}

}  // namespace
}  // namespace reelwright::storage
