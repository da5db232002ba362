#include "vision/crop_path_json.h"

#include <gtest/gtest.h>

namespace reelwright::vision {
namespace {

using core::Time;

TEST(CropPathJson, WritesOneKeyframeALine) {
  const CropPath path{1920,
                      1080,
                      {{Time{12'345'000}, Layout::crop, {{300.25, 0, 607.5, 1080}}},
                       {Time{12'378'333}, Layout::crop, {{300.1234567, 0, 607.5, 1080}}}}};
  EXPECT_EQ(to_json(path),
            "{\"width\":1920,\"height\":1080,\"layout\":\"crop\",\"keyframes\":[\n"
            "{\"t\":12.345,\"x\":300.25,\"y\":0,\"w\":607.5,\"h\":1080},\n"
            "{\"t\":12.378333,\"x\":300.123,\"y\":0,\"w\":607.5,\"h\":1080}]}\n");
}

TEST(CropPathJson, NamesTheLayoutOfKeyframesThatDiffer) {
  const Keyframe crop{Time{0}, Layout::crop, {{0, 0, 9, 16}}};
  const Keyframe stacked{Time{1}, Layout::stacked, {{1, 2, 3, 4}, {5, 6, 7, 8}}};
  const CropPath path{32, 16, {crop, stacked, crop}};
  const std::string json = to_json(path);
  EXPECT_EQ(main_layout(path), Layout::crop);
  EXPECT_NE(
      json.find(
          R"({"t":1e-06,"layout":"stacked","windows":[{"x":1,"y":2,"w":3,"h":4},{"x":5,"y":6,"w":7,"h":8}]})"),
      std::string::npos)
      << json;
}

TEST(CropPathJson, EmptyPathIsStillJson) {
  EXPECT_EQ(to_json({640, 480, {}}), "{\"width\":640,\"height\":480,\"layout\":\"crop\",\"keyframes\":[]}\n");
}

}  // namespace
}  // namespace reelwright::vision
