#include "clips/output_folder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::clips {
namespace {

namespace fs = std::filesystem;

class OutputFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(parent);
    fs::create_directories(parent);
  }
  void TearDown() override { fs::remove_all(parent); }

  void expect_conflict(bool overwrite) const {
    try {
      const OutputFolder output(out, overwrite);
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
  OutputFolder output(out, false);
  output.write("clips.json", "{}");
  EXPECT_FALSE(fs::exists(out));
  output.publish();
  EXPECT_EQ(core::read_file(out / "clips.json", 10), "{}");
  EXPECT_EQ(entries(), 1);
}

TEST_F(OutputFolderTest, LeavesNothingUnlessPublished) {
  {
    OutputFolder output(out, false);
    output.write("clips.json", "{}");
  }
  EXPECT_EQ(entries(), 0);
}

TEST_F(OutputFolderTest, ReplacesOnlyItsOwnResultsAndOnlyWhenAsked) {
  fs::create_directory(out);
  core::write_file(out / "clip_01_old.mp4", "old");
  expect_conflict(false);
  OutputFolder output(out, true);
  output.write("clips.json", "{}");
  output.publish();
  EXPECT_FALSE(fs::exists(out / "clip_01_old.mp4"));
  core::write_file(out / "thesis.doc", "mine");
  expect_conflict(true);
}

TEST_F(OutputFolderTest, AFileInThePlaceIsAConflict) {
  core::write_file(out, "mine");
  expect_conflict(true);
}

}  // namespace
}  // namespace reelwright::clips
