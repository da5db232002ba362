#include "jobs/stale_child.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "core/error.h"
#include "stage/workspace.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

class StaleChildTest : public ::testing::Test {
 protected:
  /// A process that holds the workspace, and works in `place`, until it is killed.
  void hold(const std::filesystem::path& place) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    child = ::fork();
    if (child == 0) {
      const stage::Workspace held(workspace);
      std::filesystem::current_path(place);
      ::raise(::write(pipe[1], "x", 1) == 1 ? SIGSTOP : SIGKILL);  // it hangs
      ::_exit(0);
    }
    char ready = 0;
    ASSERT_EQ(::read(pipe[0], &ready, 1), 1);
    ::close(pipe[0]);
    ::close(pipe[1]);
  }

  void TearDown() override {
    if (child <= 0) return;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }

  testing::TemporaryFolder folder;
  const std::filesystem::path workspace = folder / "workspace";
  pid_t child = -1;
};

TEST_F(StaleChildTest, NobodyIsEndedWhereNobodyHoldsIt) {
  EXPECT_TRUE(end_stale_child(workspace));
  {
    const stage::Workspace before(workspace);
  }
  EXPECT_TRUE(end_stale_child(workspace));
}

TEST_F(StaleChildTest, AJobThatHoldsItIsEnded) {
  std::filesystem::create_directory(workspace);
  hold(workspace);
  EXPECT_THROW(stage::Workspace{workspace}, core::Error);
  EXPECT_TRUE(end_stale_child(workspace));
  EXPECT_NO_THROW(stage::Workspace{workspace});
}

TEST_F(StaleChildTest, AnotherProgramIsLeftAlone) {
  hold(folder.path());
  EXPECT_FALSE(end_stale_child(workspace));
  EXPECT_EQ(::kill(child, 0), 0);
  EXPECT_THROW(stage::Workspace{workspace}, core::Error);
}

}  // namespace
}  // namespace reelwright::jobs
