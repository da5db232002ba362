#include "vision/exact_cut.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::vision {
namespace {

using namespace std::chrono_literals;

class ExactCut : public ::testing::Test {
 protected:
  // A black second, a white one, 25 pictures each.
  ExactCut() {
    testing::run_ffmpeg(
        {"-f", "lavfi", "-i", "color=black:s=160x90:r=25:d=2,drawbox=c=white:t=fill:enable='gte(n,25)'",
         "-c:v", "libx264", "-bf", "2"},
        file);
  }

  testing::TemporaryFolder folder;
  std::filesystem::path file = folder / "cut.mp4";
};

TEST_F(ExactCut, FindsTheFirstPictureOfTheNewShot) {
  EXPECT_EQ(exact_cut(file, 880ms, 1120ms, {}), 1s);
  EXPECT_EQ(exact_cut(file, 960ms, 1040ms, {}), 1s);
}

TEST_F(ExactCut, NeighboursHaveNothingInBetween) { EXPECT_EQ(exact_cut(file, 960ms, 1s, {}), 1s); }

TEST_F(ExactCut, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(exact_cut(file, 880ms, 1120ms, stop.get_token()), core::Error);
}

}  // namespace
}  // namespace reelwright::vision
