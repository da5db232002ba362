#include "clips/folder_results.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

namespace fs = std::filesystem;

class FolderResultsTest : public ::testing::Test {
 protected:
  FolderResultsTest() {
    core::write_file(folder / "clip~12.mp4", "picture");
    clip.files = {{folder / "clip~12.mp4", "clip_01_bees.mp4"}};
  }

  // The folder and what is gathered beside it.
  std::ptrdiff_t written() const {
    return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) - 1;
  }

  testing::TemporaryFolder folder;
  fs::path out = folder / "out";
  FinishedClip clip{};
};

TEST_F(FolderResultsTest, TheFolderAppearsWithItsIndexWhenAllIsDone) {
  FolderResults results(out, false);
  results.on_source({});
  results.on_clip(clip);
  EXPECT_FALSE(fs::exists(out));
  results.on_done(Index{});
  EXPECT_EQ(core::read_file(out / "clip_01_bees.mp4", 100), "picture");
  EXPECT_TRUE(core::read_file(out / "clips.json", 10'000).contains("\"clips\""));
  EXPECT_EQ(written(), 1);
  EXPECT_TRUE(fs::exists(folder / "clip~12.mp4")) << "the workspace keeps its own";
}

TEST_F(FolderResultsTest, AJobThatEndsEarlyLeavesNothing) {
  {
    FolderResults results(out, false);
    results.on_source({});
    results.on_clip(clip);
  }
  EXPECT_EQ(written(), 0);
}

TEST_F(FolderResultsTest, BeforeTheSourceIsKnownNothingIsTouched) {
  {
    const FolderResults results(out, false);
    EXPECT_EQ(written(), 0);
  }
  fs::create_directory(out);
  core::write_file(out / "mine.txt", "mine");
  FolderResults results(out, true);
  EXPECT_THROW(results.on_source({}), core::Error);
  EXPECT_EQ(core::read_file(out / "mine.txt", 100), "mine");
}

}  // namespace
}  // namespace reelwright::clips
