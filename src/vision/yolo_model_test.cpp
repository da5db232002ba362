#include "vision/yolo_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "vision/test_discs.h"

namespace reelwright::vision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

YoloModel open(const std::string& name) { return YoloModel(inference::open_onnx(test_model(name))); }

std::vector<ScoredBox> find(const YoloModel& model, const media::Picture& picture) {
  return model.find({&picture, 1}, {}).front();
}

std::string told(const std::vector<ScoredBox>& found) {
  std::string text;
  for (const ScoredBox& box : found)
    text += ::testing::PrintToString(std::vector{static_cast<double>(box.label), box.score, box.box.x,
                                                 box.box.y, box.box.width, box.box.height});
  return text;
}

class EachExport : public ::testing::TestWithParam<const char*> {};

TEST_P(EachExport, FindsTheDiscsWhereTheyAre) {
  const YoloModel model = open(GetParam());
  EXPECT_THAT(model.names(), ElementsAre("person", "dog", "car"));
  struct Case {
    int width, height;
    std::vector<Disc> discs;
  };
  for (const Case& c : {Case{640, 360, {{0, 200.5, 120.25, 40}, {1, 500, 250, 25}}},
                        Case{360, 640, {{2, 100, 500, 50}}},                                     // upright
                        Case{333, 257, {{0, 70, 60, 22}, {1, 250, 190, 27}, {2, 70, 200, 25}}},  // odd
                        Case{1280, 200, {{1, 1000, 100, 80}}},  // much padding
                        Case{97, 61, {{0, 50, 30, 7}}},         // enlarged
                        Case{640, 360, {}}}) {
    const auto found = find(model, picture_of(c.width, c.height, c.discs));
    EXPECT_TRUE(are_discs(found, c.discs, 0.04)) << c.width << "x" << c.height << told(found);
  }
}

INSTANTIATE_TEST_SUITE_P(Yolo, EachExport,
                         ::testing::Values("yolo.onnx", "yolo_fixed.onnx", "yolo_pair.onnx",
                                           "yolo_columns.onnx", "yolo_finished.onnx",
                                           "yolo_other_input.onnx"));

TEST(YoloModel, BoxesEndWithThePicture) {
  const auto found = find(open("yolo.onnx"), picture_of(320, 240, {{0, 10, 120, 25}}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_GE(found[0].box.x, 0);
  EXPECT_LE(found[0].box.x + found[0].box.width, 320);
}

TEST(YoloModel, LooksAtManyPicturesAtOnceInTheirOrder) {
  const std::vector<std::vector<Disc>> truth{
      {{0, 60, 60, 20}}, {{1, 150, 70, 25}}, {}, {{2, 90, 100, 30}}, {{1, 40, 40, 20}}};
  std::vector<media::Picture> pictures;
  for (std::size_t i = 0; i < truth.size(); ++i)
    pictures.push_back(picture_of(i < 3 ? 400 : 440, 300, truth[i]));  // sizes change on the way
  for (const char* name : {"yolo.onnx", "yolo_pair.onnx", "yolo_fixed.onnx"}) {
    const auto found = open(name).find(pictures, {});
    ASSERT_EQ(found.size(), truth.size()) << name;
    for (std::size_t i = 0; i < truth.size(); ++i)
      EXPECT_TRUE(are_discs(found[i], truth[i], 0.04)) << name << " " << i << told(found[i]);
  }
  EXPECT_TRUE(open("yolo.onnx").find({}, {}).empty());
}

TEST(YoloModel, WithoutNamesClassesHaveNumbers) {
  const YoloModel model = open("yolo_no_names.onnx");
  EXPECT_TRUE(model.names().empty());
  const std::vector<Disc> discs{{1, 200, 150, 30}};
  EXPECT_TRUE(are_discs(find(model, picture_of(400, 300, discs)), discs, 0.04));
}

TEST(YoloModel, SaysWhichModelItCannotUse) {
  for (const auto& [name, words] : {std::pair{"yolo_bad_names.onnx", "names of classes"},
                                    {"yolo_v5.onnx", "is no YOLOv8 or v11 detector"},
                                    {"sum.onnx", "it has 2 inputs, not one"},
                                    {"only_sevens.onnx", "its input is ? of float"},
                                    {"yolo_cut_short.onnx", "only a part of one"}}) {
    try {
      open(name);
      ADD_FAILURE() << name << " was taken";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input) << name;
      EXPECT_THAT(error.what(), HasSubstr(words));
      EXPECT_THAT(error.what(), HasSubstr(name));
    }
  }
}

TEST(YoloModel, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const media::Picture picture = picture_of(640, 360, {});
  try {
    open("yolo.onnx").find({&picture, 1}, stop.get_token());
    ADD_FAILURE() << "it went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace reelwright::vision
