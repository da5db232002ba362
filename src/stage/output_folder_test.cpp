#include "stage/output_folder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::stage {
namespace {

namespace fs = std::filesystem;

const ResultNames names{.what = "clips", .index = "clips.json", .prefixes = {"clip_"}};

class OutputFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(parent);
    fs::create_directories(parent);
  }
  void TearDown() override { fs::remove_all(parent); }

  void expect_conflict(bool overwrite) const {
    try {
      const OutputFolder output(out, overwrite, names);
      FAIL() << "the folder was taken";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::conflict);
    }
  }

  std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(parent), fs::directory_iterator());
  }

  fs::path parent = fs::path(testing::TempDir()) / "output_folder";
  fs::path out = parent / "out";
};

TEST_F(OutputFolderTest, AppearsWhole) {
  OutputFolder output(out, false, names);
  output.write("clips.json", "{}");
  EXPECT_FALSE(fs::exists(out));
  output.publish();
  EXPECT_EQ(core::read_file(out / "clips.json", 10), "{}");
  EXPECT_EQ(entries(), 1);
}

TEST_F(OutputFolderTest, LeavesNothingUnlessPublished) {
  {
    OutputFolder output(out, false, names);
    output.write("clips.json", "{}");
  }
  EXPECT_EQ(entries(), 0);
}

TEST_F(OutputFolderTest, ReplacesOnlyItsOwnResultsAndOnlyWhenAsked) {
  fs::create_directory(out);
  core::write_file(out / "clip_01_old.mp4", "old");
  expect_conflict(false);
  OutputFolder output(out, true, names);
  output.write("clips.json", "{}");
  output.publish();
  EXPECT_FALSE(fs::exists(out / "clip_01_old.mp4"));
  core::write_file(out / "thesis.doc", "mine");
  expect_conflict(true);
}

TEST_F(OutputFolderTest, AFolderThatStandsIsFilledAndNotReplaced) {
  fs::create_directory(out);
  fs::permissions(out, fs::perms::owner_all);
  {
    OutputFolder output(out, false, names);
    output.write("clip_01_new.mp4", "new");
    EXPECT_EQ(entries(), 1);  // nothing beside it: that folder may belong to others
  }
  EXPECT_TRUE(fs::is_empty(out));
  OutputFolder output(out, false, names);
  output.write("clips.json", "{}");
  output.publish();
  EXPECT_EQ(fs::status(out).permissions(), fs::perms::owner_all);
  EXPECT_EQ(std::distance(fs::directory_iterator(out), fs::directory_iterator()), 1);
}

TEST_F(OutputFolderTest, WhatAKilledRunLeftIsClearedAway) {
  fs::create_directories(out / ".clips.reelwright-1-0");
  core::write_file(out / ".clips.reelwright-1-0" / "clip_01_half.mp4", "half");
  fs::create_directories(parent / ".other.reelwright-1-0");
  {
    const OutputFolder output(out, false, names);
  }
  EXPECT_TRUE(fs::is_empty(out));
  fs::remove(out);
  fs::create_directories(parent / ".out.reelwright-1-0");
  {
    const OutputFolder output(out, false, names);
  }
  EXPECT_EQ(entries(), 1);
}

TEST_F(OutputFolderTest, AFileInThePlaceIsAConflict) {
  core::write_file(out, "mine");
  expect_conflict(true);
}

TEST_F(OutputFolderTest, CopiesWhatIsAddedAndLeavesTheOriginal) {
  core::write_file(parent / "video.mp4", "pictures");
  OutputFolder output(out, false, names);
  output.add(parent / "video.mp4", "clip_01_a.mp4");
  output.publish();
  EXPECT_EQ(core::read_file(out / "clip_01_a.mp4", 100), "pictures");
  EXPECT_EQ(core::read_file(parent / "video.mp4", 100), "pictures");
}

TEST_F(OutputFolderTest, MakesTheFoldersAboveIt) {
  OutputFolder output(parent / "a" / "b" / "out", false, names);
  output.publish();
  EXPECT_TRUE(fs::is_directory(parent / "a" / "b" / "out"));
}

TEST_F(OutputFolderTest, ASlashAtTheEndChangesNothing) {
  OutputFolder output(parent / "out" / "", false, names);
  output.write("clips.json", "{}");
  output.publish();
  EXPECT_TRUE(fs::exists(out / "clips.json"));
  EXPECT_EQ(entries(), 1);
}

TEST_F(OutputFolderTest, AnEmptyFolderIsFree) {
  fs::create_directory(out);
  OutputFolder output(out, false, names);
  output.write("clips.json", "{}");
  output.publish();
  EXPECT_EQ(core::read_file(out / "clips.json", 10), "{}");
  EXPECT_EQ(entries(), 1);
}

TEST_F(OutputFolderTest, AFolderNamedLikeAClipIsNoResult) {
  fs::create_directories(out / "clip_01_mine");
  expect_conflict(true);
  EXPECT_TRUE(fs::exists(out / "clip_01_mine"));
}

TEST_F(OutputFolderTest, TheOldResultsStayUntilTheNewAreWhole) {
  fs::create_directory(out);
  core::write_file(out / "clips.json", "old");
  {
    OutputFolder output(out, true, names);
    output.write("clips.json", "new");
    EXPECT_EQ(core::read_file(out / "clips.json", 10), "old");
  }
  EXPECT_EQ(core::read_file(out / "clips.json", 10), "old") << "an unfinished run took them";
  EXPECT_EQ(entries(), 1);
}

TEST_F(OutputFolderTest, AFileInTheWayOfTheFolderIsAnErrorAtOnce) {
  core::write_file(parent / "file", "mine");
  EXPECT_THROW(OutputFolder(parent / "file" / "out", false, names), core::Error);
}

}  // namespace
}  // namespace reelwright::stage
