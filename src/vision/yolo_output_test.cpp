#include "vision/yolo_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace reelwright::vision {
namespace {

using ::testing::IsEmpty;

void expect_form(const inference::Shape& shape, std::optional<int> classes, YoloLayout layout, int boxes,
                 int found) {
  const auto form = yolo_form(shape, classes);
  ASSERT_TRUE(form) << inference::text_of(shape);
  EXPECT_EQ(form->layout, layout) << inference::text_of(shape);
  EXPECT_EQ(form->boxes, boxes);
  EXPECT_EQ(form->classes, found);
}

TEST(YoloOutput, ItsShapeTellsTheLayout) {
  expect_form({1, 84, 8400}, 80, YoloLayout::rows, 8400, 80);
  expect_form({1, 84, 8400}, std::nullopt, YoloLayout::rows, 8400, 80);
  expect_form({1, 8400, 84}, 80, YoloLayout::columns, 8400, 80);
  expect_form({1, 8400, 84}, std::nullopt, YoloLayout::columns, 8400, 80);
  expect_form({1, 300, 6}, 80, YoloLayout::finished, 300, 0);
  expect_form({1, 300, 6}, std::nullopt, YoloLayout::finished, 300, 0);
  expect_form({1, 0, 6}, 80, YoloLayout::finished, 0, 0);
  expect_form({1, 6, 8400}, 2, YoloLayout::rows, 8400, 2);
  expect_form({1, 8400, 6}, 2, YoloLayout::columns, 8400, 2);
  expect_form({1, 300, 6}, 2, YoloLayout::finished, 300, 0);
  expect_form({1, 116, 8400}, 80, YoloLayout::rows, 8400, 80);     // with 32 numbers of a mask
  expect_form({1, 1004, 500}, 1000, YoloLayout::rows, 500, 1000);  // more classes than boxes
}

TEST(YoloOutput, OtherShapesAreNoYolo) {
  EXPECT_FALSE(yolo_form({1, 25200, 85}, 80));  // YOLOv5
  EXPECT_FALSE(yolo_form({1, 1000}, std::nullopt));
  EXPECT_FALSE(yolo_form({1, 3, 8400}, std::nullopt));
  EXPECT_FALSE(yolo_form({1, 84, 8400}, 90));
  EXPECT_FALSE(yolo_form({1, -1, 84}, 80));
  EXPECT_FALSE(yolo_form({}, 80));
}

TEST(YoloOutput, ReadsRowsAndColumnsAlike) {
  // Two boxes of two classes: centre, size, scores.
  const std::vector<float> columns{10, 20, 4, 6, 0.1F, 0.9F, 30, 40, 8, 2, 0.5F, 0.2F};
  const std::vector<float> rows{10, 30, 20, 40, 4, 8, 6, 2, 0.1F, 0.5F, 0.9F, 0.2F};
  const auto a = read_yolo(columns, {YoloLayout::columns, 2, 2, 6}, 0.25);
  EXPECT_EQ(a, read_yolo(rows, {YoloLayout::rows, 2, 2, 6}, 0.25));
  ASSERT_EQ(a.size(), 2U);
  EXPECT_EQ(a[0].box, (Box{8, 17, 4, 6}));
  EXPECT_EQ(a[0].label, 1);
  EXPECT_FLOAT_EQ(static_cast<float>(a[0].score), 0.9F);
  EXPECT_EQ(a[1].box, (Box{26, 39, 8, 2}));
  EXPECT_EQ(a[1].label, 0);
  EXPECT_EQ(read_yolo(rows, {YoloLayout::rows, 2, 2, 6}, 0.6).size(), 1U);
}

TEST(YoloOutput, ReadsFinishedBoxesByTheirCorners) {
  const std::vector<float> numbers{8, 17, 12, 23, 0.9F, 16, 0, 0, 0, 0, 0, 0};
  const auto found = read_yolo(numbers, {YoloLayout::finished, 2, 0, 6}, 0.25);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].box, (Box{8, 17, 4, 6}));
  EXPECT_EQ(found[0].label, 16);
}

TEST(YoloOutput, WhatIsNoBoxIsLeftOut) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  constexpr float infinite = std::numeric_limits<float>::infinity();
  const YoloForm one{YoloLayout::columns, 1, 1, 5};
  for (const std::vector<float>& numbers : {std::vector<float>{nan, 0, 1, 1, 0.9F},
                                            {0, infinite, 1, 1, 0.9F},
                                            {0, 0, -1, 1, 0.9F},
                                            {0, 0, 1, 0, 0.9F},
                                            {0, 0, 1, 1, nan},
                                            {0, 0, 1, 1, infinite}})
    EXPECT_THAT(read_yolo(numbers, one, 0.25), IsEmpty());
  const YoloForm finished{YoloLayout::finished, 1, 0, 6};
  EXPECT_THAT(read_yolo(std::vector<float>{0, 0, 1, 1, 0.9F, nan}, finished, 0.25), IsEmpty());
  EXPECT_THAT(read_yolo(std::vector<float>{0, 0, 1, 1, 0.9F, 1e30F}, finished, 0.25), IsEmpty());
}

}  // namespace
}  // namespace reelwright::vision
