#include "vision/mouth_motion.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "material/drawn_speaker.h"

namespace reelwright::vision {
namespace {

constexpr int width = 200;
constexpr int height = 200;
const Box face = around(100, 100, 80, 80);

media::Picture drawn(const material::Look& look, cv::Point2d shift = {}) {
  cv::Mat picture(height, width, CV_8UC3, cv::Scalar(90, 110, 100));
  material::draw_speaker(picture, cv::Point2d(100, 88) + shift, 80, look);
  cv::Mat grey;
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  return {.width = width, .height = height, .channels = 1, .pixels = {grey.datastart, grey.dataend}};
}

TEST(FaceMotion, NothingMovesBetweenEqualPictures) {
  const media::Picture picture = drawn({});
  const FaceMotion motion = face_motion(picture, picture, face);
  EXPECT_NEAR(motion.mouth, 0, 1e-6);
  EXPECT_NEAR(motion.rest, 0, 1e-6);
}

TEST(FaceMotion, AMouthThatOpensMovesMoreThanTheRest) {
  const FaceMotion motion = face_motion(drawn({}), drawn({.mouth_open = 1}), face);
  EXPECT_GT(motion.mouth, 0.1);
  EXPECT_GT(motion.mouth, 4 * motion.rest);
}

TEST(FaceMotion, ABlinkIsNoSpeech) {
  const FaceMotion motion = face_motion(drawn({}), drawn({.blink = 1}), face);
  EXPECT_GT(motion.rest, motion.mouth);
}

TEST(FaceMotion, AHeadThatMovesIsNoSpeechEither) {
  const FaceMotion moved = face_motion(drawn({}), drawn({}, {3, 2}), face);
  const FaceMotion spoken = face_motion(drawn({}), drawn({.mouth_open = 1}), face);
  EXPECT_LT(moved.mouth, 0.5 * spoken.mouth);
}

TEST(FaceMotion, OfAFlatSurfaceNothingIsSaid) {
  const media::Picture grey{.width = width,
                            .height = height,
                            .channels = 1,
                            .pixels = std::vector<unsigned char>(width * height, 99)};
  const FaceMotion motion = face_motion(grey, drawn({}), face);
  EXPECT_EQ(motion.mouth, 0);
  EXPECT_EQ(motion.rest, 0);
}

}  // namespace
}  // namespace reelwright::vision
