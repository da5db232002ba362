#include "core/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "core/error.h"

namespace reelwright::core {
namespace {

namespace fs = std::filesystem;

class TemporaryFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(parent);
    fs::create_directories(parent);
  }
  void TearDown() override { fs::remove_all(parent); }

  std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(parent), fs::directory_iterator());
  }

  /// Leaves what a process that is killed at work leaves.
  void killed_at_work() const {
    const pid_t child = ::fork();
    if (child == 0) {
      const TemporaryFolder folder(place);
      write_file(folder.path() / "half.mp4", "half");
      ::raise(SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
  }

  fs::path parent = fs::path(testing::TempDir()) / "temporary_folder";
  fs::path place = parent / "out";
};

TEST_F(TemporaryFolderTest, GoesUnlessRenamed) {
  {
    const TemporaryFolder folder(place);
  }
  EXPECT_EQ(entries(), 0);
  {
    TemporaryFolder folder(place);
    write_file(folder.path() / "a", "whole");
    folder.rename(place);
  }
  EXPECT_EQ(entries(), 1);
  EXPECT_EQ(read_file(place / "a", 10), "whole");
}

TEST_F(TemporaryFolderTest, SweepsWhatKilledProcessesLeftAndNothingElse) {
  fs::create_directory(parent / ".outer.reelwright-1-0");
  fs::create_directory(parent / ".out");
  const TemporaryFolder at_work(place);
  killed_at_work();
  EXPECT_EQ(entries(), 4);
  TemporaryFolder::sweep(place);
  EXPECT_EQ(entries(), 3);
  EXPECT_TRUE(fs::exists(at_work.path()));
}

TEST_F(TemporaryFolderTest, SaysWhyItCannotBeMade) {
  try {
    const TemporaryFolder folder(parent / "none" / "out");
    FAIL() << "made in a folder that is not there";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
  }
  TemporaryFolder::sweep(parent / "none" / "out");
}

}  // namespace
}  // namespace reelwright::core
