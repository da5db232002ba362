#include "vision/analysis.h"

#include <gtest/gtest.h>

#include <string>

#include "support/media_fixture.h"

namespace reelwright::vision {
namespace {

/// Two pictures joined at `first`, in groups of a reference and pictures that no other refers to, without a
/// key picture at the cut.
void make_cut(const std::filesystem::path& out, int first, const std::string& group) {
  testing::run_ffmpeg({"-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=4", "-f", "lavfi", "-i",
                       "smptebars=s=640x360:r=25:d=4", "-lavfi",
                       "[0][1]overlay=enable='gte(n," + std::to_string(first) + ")'", "-c:v", "libx264",
                       "-x264-params", "scenecut=0:keyint=250:b-adapt=0:" + group},
                      out);
}

TEST(Analysis, CutsAreExactWhereverInAGroupOfPicturesTheyFall) {
  const testing::TemporaryFolder folder;
  for (const std::string group : {"bframes=3:b-pyramid=normal", "bframes=1", "bframes=0"}) {
    for (const int first : {48, 49, 50, 51}) {
      const auto file = folder / (group + std::to_string(first) + ".mp4");
      make_cut(file, first, group);
      const Analysis analysis = analyse(file, {core::Time::zero(), std::chrono::seconds(4)}, core::Context{});
      ASSERT_EQ(analysis.shots.size(), 2U) << group << ", cut at frame " << first;
      EXPECT_NEAR(core::to_seconds(analysis.shots[1].span.start), first * 0.04, 0.002) << group;
    }
  }
}

}  // namespace
}  // namespace reelwright::vision
