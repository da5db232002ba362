#include "vision/framing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "material/drawn_speaker.h"
#include "support/media_fixture.h"
#include "vision/activity.h"
#include "vision/boxes.h"
#include "vision/detector.h"
#include "vision/envelope.h"
#include "vision/face_confirmer.h"

namespace reelwright::vision {
namespace {

using core::Time;

constexpr int width = 640;
constexpr int height = 360;
constexpr double rate = 25;

Time at(double seconds) { return core::from_seconds(seconds); }

cv::Mat stage_picture(int shade) {
  cv::Mat picture(height, width, CV_8UC3, cv::Scalar(120 + shade, 130, 150 - shade));
  for (int i = 0; i < 9; ++i)
    cv::rectangle(picture, {i * 75 + shade, 20 + i * 13 % 60, 40, 60}, {90.0 + i * 9, 100, 80}, cv::FILLED);
  return picture;
}

/// Draws each frame with `draw(picture, seconds)` and encodes them.
template <typename Draw>
void make_video(const std::filesystem::path& out, double seconds, Draw draw) {
  const std::filesystem::path raw = out.string() + ".raw";
  {
    std::ofstream frames(raw, std::ios::binary);
    for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
      cv::Mat picture = stage_picture(0);
      draw(picture, i / rate);
      frames.write(reinterpret_cast<const char*>(picture.data),
                   static_cast<std::streamsize>(picture.total() * picture.elemSize()));
    }
  }
  reelwright::testing::run_ffmpeg(
      {"-f",        "rawvideo",
       "-pix_fmt",  "bgr24",
       "-s",        "640x360",
       "-r",        "25",
       "-i",        raw.string(),
       "-f",        "lavfi",
       "-i",        "aevalsrc=0.3*sin(2*PI*300*t)*(0.5+0.5*sin(2*PI*3*t)):s=16000",
       "-shortest", "-c:v",
       "libx264",   "-preset",
       "veryfast",  "-pix_fmt",
       "yuv420p",   "-c:a",
       "aac"},
      out);
  std::filesystem::remove(raw);
}

double talking(double seconds) { return 0.5 + 0.5 * std::sin(seconds * 19); }

FramingRequest request(const std::filesystem::path& file, double from, double to) {
  return {.clip = {at(from), at(to)}, .frame_rate = 25, .sound = file};
}

TEST(FaceDetector, FindsDrawnSpeakersFromNearToFar) {
  const auto detector = make_face_detector();
  FaceConfirmer confirmer;
  for (const double face : {28.0, 45.0, 80.0, 130.0}) {
    cv::Mat picture(270, 480, CV_8UC3, cv::Scalar(150, 140, 130));
    material::draw_speaker(picture, {240, 100}, face);
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    const media::Picture luma{480, 270, 1, {grey.data, grey.data + grey.total()}};
    const std::vector<Detection> found = detector->detect(luma, Effort::quick);
    ASSERT_EQ(found.size(), 1U) << face;
    EXPECT_NEAR(centre_x(found[0].box), 240, face / 6);
    EXPECT_NEAR(found[0].box.width, face * 1.25, face * 0.3);
    EXPECT_TRUE(confirmer.confirms(luma, found[0].box)) << face;
    EXPECT_FALSE(confirmer.confirms(luma, around(80, 200, face, face))) << face;
    EXPECT_EQ(detector->detect(luma, grown(found[0].box, 1.8), face, face * 1.6).size(), 1U) << face;
    EXPECT_TRUE(detector->detect(luma, {300, 0, 180, 270}, face, face * 1.6).empty()) << face;
  }
}

TEST(Framing, FollowsASpeakerAcrossAMoveAndACut) {
  const reelwright::testing::TemporaryFolder folder;
  const auto place = [](double t) { return t < 4 ? 150 + 90 * std::clamp(t - 1, 0.0, 2.0) : 520.0; };
  make_video(folder / "talk.mp4", 7, [&](cv::Mat& picture, double t) {
    if (t >= 4) picture = 255 - stage_picture(30);
    material::draw_speaker(picture, {place(t), 130}, 60, {.mouth_open = talking(t)});
  });
  double last = 0;
  core::Context context;
  context.progress = [&](double share) {
    EXPECT_GE(share, last);
    last = share;
  };
  const Framing framing = frame_clip(folder / "talk.mp4", request(folder / "talk.mp4", 0.5, 7), context);
  EXPECT_DOUBLE_EQ(last, 1);
  EXPECT_EQ(framing.shots, (std::vector<Shot>{{{at(0.5), at(4)}}, {{at(4), at(7)}}}));
  EXPECT_TRUE(framing.warnings.empty());
  EXPECT_DOUBLE_EQ(framing.report.subject_share, 1);
  EXPECT_GE(framing.report.inside_share, 0.99);
  EXPECT_FALSE(framing.report.engine.empty());
  ASSERT_EQ(framing.path.keyframes.size(), 163U);  // 6.5 s at 25
  EXPECT_EQ(framing.path.keyframes[0].time, at(0.5));
  for (const Keyframe& keyframe : framing.path.keyframes) {
    ASSERT_EQ(keyframe.layout, Layout::crop);
    const media::Window& window = keyframe.windows[0];
    const double t = core::to_seconds(keyframe.time);
    EXPECT_LE(window.x, place(t) - 30) << t;
    EXPECT_GE(window.x + window.width, place(t) + 30) << t;
  }
  EXPECT_GE(framing.faces.size(), 25U);
  for (const FacesAt& moment : framing.faces) {
    ASSERT_EQ(moment.faces.size(), 1U);
    EXPECT_NEAR(centre_x(moment.faces[0]), place(core::to_seconds(moment.time)), 12);
  }
}

TEST(Framing, CutsToTheOneOfTwoWhoSpeaks) {
  const reelwright::testing::TemporaryFolder folder;
  make_video(folder / "two.mp4", 10, [&](cv::Mat& picture, double t) {
    material::draw_speaker(picture, {140, 130}, 60, {.mouth_open = t < 5 ? talking(t) : 0});
    material::draw_speaker(picture, {500, 130}, 60,
                           {.mouth_open = t < 5 ? 0 : talking(t), .skin = {110, 140, 190}});
  });
  const Framing framing = frame_clip(folder / "two.mp4", request(folder / "two.mp4", 0, 10), {});
  for (const Keyframe& keyframe : framing.path.keyframes) {
    const double t = core::to_seconds(keyframe.time);
    if (std::abs(t - 5) < 0.5) continue;
    ASSERT_EQ(keyframe.layout, Layout::crop) << t;
    EXPECT_NEAR(centre_x(keyframe.windows[0]), t < 5 ? 140 : 500, 15) << t;
  }
}

TEST(Framing, IsTheSameForAnyNumberOfThreads) {
  const reelwright::testing::TemporaryFolder folder;
  make_video(folder / "talk.mp4", 3, [&](cv::Mat& picture, double t) {
    material::draw_speaker(picture, {200 + 60 * t, 130}, 60, {.mouth_open = talking(t)});
  });
  core::Context one;
  one.threads = 1;
  core::Context many;
  many.threads = 4;
  const FramingRequest wanted = request(folder / "talk.mp4", 0, 3);
  EXPECT_EQ(frame_clip(folder / "talk.mp4", wanted, one).path,
            frame_clip(folder / "talk.mp4", wanted, many).path);
}

/// A figure such as signs and slides show, without a face.
void draw_figure(cv::Mat& picture, double x) {
  const cv::Scalar dark{40, 30, 30};
  const auto at_x = [&](double off) { return static_cast<int>(std::lround((x + off) * 16)); };
  const auto block = [&](double left, int top, double right, int bottom) {
    cv::rectangle(picture, {at_x(left), top * 16}, {at_x(right), bottom * 16}, dark, cv::FILLED, cv::LINE_AA,
                  4);
  };
  cv::ellipse(picture, {at_x(0), 70 * 16}, {18 * 16, 24 * 16}, 0, 0, 360, dark, cv::FILLED, cv::LINE_AA, 4);
  block(-36, 98, 36, 200);
  block(-30, 200, -4, 320);
  block(4, 200, 30, 320);
}

/// The share of frames with a subject where the figure's place is `place(seconds)` on a bright wall.
template <typename Place>
double share_with_figure(const std::filesystem::path& file, Place place) {
  make_video(file, 2, [&](cv::Mat& picture, double t) {
    picture.setTo(cv::Scalar(215, 215, 215));
    draw_figure(picture, place(t));
  });
  return frame_clip(file, request({}, 0, 2), {}).report.subject_share;
}

TEST(Framing, AFigureOnASlideIsNoPersonUnlessItStirs) {
  const reelwright::testing::TemporaryFolder folder;
  const double stirs =
      share_with_figure(folder / "person.mp4", [](double t) { return 320 + 5 * std::sin(t * 3); });
  EXPECT_GT(stirs, 0.9);
  EXPECT_EQ(share_with_figure(folder / "slide.mp4", [](double) { return 320.0; }), 0);
}

TEST(Framing, NobodyIsAWarningAndTheWholePicture) {
  const reelwright::testing::TemporaryFolder folder;
  make_video(folder / "empty.mp4", 3, [](cv::Mat&, double) {});
  const Framing framing = frame_clip(folder / "empty.mp4", request({}, 0, 3), {});
  ASSERT_EQ(framing.warnings.size(), 1U);
  EXPECT_EQ(framing.warnings[0].code, "no_subject");
  EXPECT_EQ(framing.path.keyframes[0].layout, Layout::fit);
  EXPECT_TRUE(framing.faces.empty());
}

TEST(Framing, StopsWhenAsked) {
  const reelwright::testing::TemporaryFolder folder;
  make_video(folder / "empty.mp4", 1, [](cv::Mat&, double) {});
  std::stop_source source;
  source.request_stop();
  core::Context context;
  context.stop = source.get_token();
  try {
    frame_clip(folder / "empty.mp4", request({}, 0, 1), context);
    FAIL() << "was not stopped";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

TEST(Activity, TellsStillSecondsFromLivelyOnes) {
  const reelwright::testing::TemporaryFolder folder;
  make_video(folder / "lively.mp4", 4, [](cv::Mat& picture, double t) {
    if (t >= 2)
      cv::rectangle(picture, {static_cast<int>(t * 400) % 400, 40, 240, 280}, {20, 20, 20}, cv::FILLED);
  });
  const std::vector<float> activity = picture_activity(folder / "lively.mp4", {});
  ASSERT_EQ(activity.size(), 4U);
  EXPECT_LT(activity[0], 0.1F);
  EXPECT_GT(activity[3], 3 * activity[1] + 0.1F);
  EXPECT_LE(activity[3], 1);
}

TEST(Envelope, FollowsTheSoundAndIsEmptyWithoutAny) {
  const reelwright::testing::TemporaryFolder folder;
  reelwright::testing::run_ffmpeg(
      {"-f", "lavfi", "-i",
       "aevalsrc=0.4*sin(2*PI*500*t)*between(mod(t\\,1)\\,0.5\\,1)+0.0005*sin(2*PI*90*t):d=4:s=16000"},
      folder / "pulses.wav");
  const Envelope envelope = read_envelope(folder / "pulses.wav", {at(1), at(3)}, Time{20'000}, {});
  ASSERT_EQ(envelope.loudness.size(), 100U);
  EXPECT_LT(envelope.at(at(1.25)), 0.2);
  EXPECT_GT(envelope.at(at(1.75)), 0.8);
  EXPECT_EQ(envelope.at(at(0.75)), 0);
  EXPECT_EQ(envelope.at(at(3.75)), 0);
  EXPECT_TRUE(read_envelope({}, {at(0), at(1)}, Time{20'000}, {}).empty());
}

}  // namespace
}  // namespace reelwright::vision
