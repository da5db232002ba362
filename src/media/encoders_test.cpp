#include "media/encoders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/video_encoder.h"

namespace reelwright::media {
namespace {

TEST(Encoders, ThoseListedOpenAndTheSoftwareOneComesFirst) {
  const std::vector<std::string> names = usable_video_encoders();
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names.front(), "libx264");
  for (const std::string& name : names) {
    EXPECT_NO_THROW(VideoEncoder({.width = 640, .height = 360, .rate = {30, 1}, .name = name})) << name;
  }
}

TEST(Encoders, OneThatTakesNoPictureOfOursIsNotListed) {
  // In every build with x264, but for RGB only.
  EXPECT_THAT(usable_video_encoders(), ::testing::Not(::testing::Contains("libx264rgb")));
}

TEST(Encoders, SoundAndPostersCanBeMade) {
  EXPECT_TRUE(has_sound_encoder());
  EXPECT_TRUE(has_picture_encoder());
}

}  // namespace
}  // namespace reelwright::media
