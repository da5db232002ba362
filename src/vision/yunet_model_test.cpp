#include "vision/yunet_model.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "vision/face_yunet_detector.h"
#include "vision/test_discs.h"

namespace reelwright::vision {
namespace {

TEST(YunetModel, FindsTheDiscsWhereTheyAre) {
  for (const char* name : {"yunet.onnx", "yunet_dynamic.onnx"}) {
    const YunetModel model(inference::open_onnx(test_model(name)));
    for (const auto& [width, height, discs] : {std::tuple{640, 360, std::vector<Disc>{{0, 200, 120, 55}}},
                                               {333, 257, {{0, 70, 80, 28}, {0, 260, 190, 22}}},
                                               {640, 360, {}}}) {
      const auto found = model.find(picture_of(width, height, discs), {});
      EXPECT_TRUE(are_discs(found, discs, 0.04)) << name << width << "x" << height << " " << found.size();
    }
  }
}

TEST(YunetModel, IsTakenForWhatItIs) {
  EXPECT_TRUE(YunetModel::is_one(*inference::open_onnx(test_model("yunet.onnx"))));
  EXPECT_FALSE(YunetModel::is_one(*inference::open_onnx(test_model("yolo.onnx"))));
  EXPECT_THROW(YunetModel(inference::open_onnx(test_model("yolo.onnx"))), core::Error);
}

TEST(FaceYunetDetector, ItsBoxesAreThoseOfTheCascades) {
  const Box face{100, 100, 80, 110};  // ear to ear, hairline to chin
  const Box box = cascade_box(face);
  EXPECT_EQ(box, (Box{90, 110, 100, 100}));
}

TEST(FaceYunetDetector, FindsFacesOfASizeInAPlace) {
  const auto model = std::make_shared<YunetModel>(inference::open_onnx(test_model("yunet.onnx")));
  const auto detector = make_yunet_detector(model, "YuNet", {});
  const media::Picture picture = picture_of(640, 360, {{0, 150, 150, 60}, {0, 500, 200, 40}});
  const auto all = detector->detect(picture, Effort::quick);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].subject, Subject::face);
  EXPECT_EQ(detector->detect(picture, {0, 0, 320, 360}, 50, 400).size(), 1U);
  EXPECT_EQ(detector->detect(picture, {0, 0, 640, 360}, 120, 400).size(), 1U);
  EXPECT_EQ(detector->traits().colour_width, 320);
}

}  // namespace
}  // namespace reelwright::vision
