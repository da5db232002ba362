#include "stage/workspace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::stage {
namespace {

namespace fs = std::filesystem;

class WorkspaceTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder); }
  void TearDown() override { fs::remove_all(folder); }

  // Makes or reuses the artifact "note.txt" for `key`.
  Workspace::Artifact note(Workspace& workspace, const std::string& key) {
    return workspace.produce("note.txt", key, [&](const fs::path& path) {
      ++made;
      core::write_file(path, key);
    });
  }

  std::ptrdiff_t files() const {
    return std::count_if(fs::directory_iterator(folder), {},
                         [](const auto& entry) { return entry.path().filename() != ".lock"; });
  }

  fs::path folder =
      fs::path(testing::TempDir()) /
      (std::string("workspace_") + testing::UnitTest::GetInstance()->current_test_info()->name());
  int made = 0;
};

TEST_F(WorkspaceTest, MakesOnceForOneKey) {
  Workspace workspace(folder);
  EXPECT_FALSE(note(workspace, "a").reused);
  const auto again = note(workspace, "a");
  EXPECT_TRUE(again.reused);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(core::read_file(again.file, 100), "a");
}

TEST_F(WorkspaceTest, ANewKeyReplacesTheOld) {
  Workspace workspace(folder);
  note(workspace, "a");
  EXPECT_EQ(core::read_file(note(workspace, "b").file, 100), "b");
  EXPECT_EQ(files(), 1);
}

TEST_F(WorkspaceTest, WhatFailsLeavesNothingAndTheOldStays) {
  Workspace workspace(folder);
  note(workspace, "a");
  const auto fail = [](const fs::path& path) {
    std::ofstream(path) << "half";
    throw std::runtime_error("no");
  };
  EXPECT_THROW(workspace.produce("note.txt", "b", fail), std::runtime_error);
  EXPECT_EQ(files(), 1);
  EXPECT_TRUE(note(workspace, "a").reused);
}

TEST_F(WorkspaceTest, SeveralOfOneNameStandBesideEachOtherWhereTheyAreKept) {
  Workspace workspace(folder);
  const auto keep = [&](const std::string& key) {
    const auto write = [&](const fs::path& path) { core::write_file(path, key); };
    return workspace.produce("note.txt", key, write, Older::kept);
  };
  const auto a = keep("a");
  const auto b = keep("b");
  EXPECT_EQ(core::read_file(a.file, 100), "a");
  EXPECT_EQ(core::read_file(b.file, 100), "b");
  EXPECT_TRUE(keep("a").reused);
}

TEST_F(WorkspaceTest, SweepsWhatThisRunDidNotAskFor) {
  {
    Workspace first(folder);
    note(first, "a");
    const auto write = [](const fs::path& path) { core::write_file(path, "1"); };
    first.produce("old.txt", "1", write);
  }
  core::write_file(folder / "mine.txt", "not an artifact");
  Workspace second(folder);
  EXPECT_TRUE(note(second, "a").reused);
  second.sweep();
  EXPECT_EQ(files(), 2);
  EXPECT_TRUE(note(second, "a").reused);
  EXPECT_TRUE(fs::exists(folder / "mine.txt"));
}

TEST_F(WorkspaceTest, OutlivesItsRun) {
  {
    Workspace first(folder);
    note(first, "a");
  }
  Workspace second(folder);
  EXPECT_TRUE(note(second, "a").reused);
}

TEST_F(WorkspaceTest, TwoRunsAtOnceConflict) {
  const Workspace first(folder);
  try {
    const Workspace second(folder);
    FAIL() << "a second run got the workspace";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::conflict);
  }
}

TEST_F(WorkspaceTest, ClearsAwayWhatAKilledRunWasWriting) {
  fs::path half;
  {
    Workspace workspace(folder);
    note(workspace, "one");
    workspace.produce("clip.mp4", "one", [&](const fs::path& path) {
      core::write_file(path, "half");
      half = path;
    });
  }
  core::write_file(half, "half");  // what `produce` renames at its end
  EXPECT_EQ(files(), 3);
  const Workspace again(folder);
  EXPECT_EQ(files(), 2);
}

TEST_F(WorkspaceTest, GoesWhereNothingCameIntoIt) {
  {
    const Workspace workspace(folder);
  }
  EXPECT_FALSE(fs::exists(folder));
  fs::create_directories(folder);
  {
    const Workspace workspace(folder);
  }
  EXPECT_TRUE(fs::exists(folder));  // it was there before
}

}  // namespace
}  // namespace reelwright::stage
