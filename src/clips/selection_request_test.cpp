#include "clips/selection_request.h"

#include <gtest/gtest.h>

namespace reelwright::clips {
namespace {

using core::from_seconds;

SelectionRequest request(int count, double shortest, double longest, double source = 100) {
  return {.count = count,
          .min_duration = from_seconds(shortest),
          .max_duration = from_seconds(longest),
          .source_duration = from_seconds(source)};
}

TEST(SelectionRequest, WhatCouldNeverBeRightIsRefused) {
  EXPECT_NO_THROW(require_possible(request(1, 5, 5)));
  for (const SelectionRequest& impossible : {request(0, 5, 10), request(-1, 5, 10), request(1, 0, 10),
                                             request(1, 10, 5), request(1, 5, 10, 0), request(1, 5, 10, -3)})
    EXPECT_THROW(require_possible(impossible), core::Error);
}

TEST(SelectionRequest, TheIdealIsTheMiddleAsRatiosGo) {
  EXPECT_EQ(ideal_duration(request(1, 15, 60)), from_seconds(30));
  EXPECT_EQ(ideal_duration(request(1, 7, 7)), from_seconds(7));
}

TEST(SelectionRequest, TitlesTellTheTimeAsPlayersDo) {
  EXPECT_EQ(clip_title("Clip", from_seconds(0)), "Clip at 0:00");
  EXPECT_EQ(clip_title("Clip", from_seconds(83.9)), "Clip at 1:23");
  EXPECT_EQ(clip_title("Highlight", from_seconds(3723)), "Highlight at 1:02:03");
  EXPECT_EQ(clip_title("Clip", from_seconds(36000)), "Clip at 10:00:00");
}

TEST(SelectionRequest, WarningsCount) {
  EXPECT_TRUE(fewer_clips(request(5, 5, 10), 1).message.contains("1 good clip, fewer than the 5"));
  EXPECT_TRUE(fewer_clips(request(5, 5, 10), 2).message.contains("2 good clips,"));
  EXPECT_TRUE(short_source(request(5, 15, 60, 7.25)).message.contains("7.2 s long, shorter than"));
  EXPECT_EQ(no_whole_sentence().code, "no_whole_sentence");
}

TEST(SelectionRequest, FinishingNumbersTheClips) {
  Selection selection;
  for (int i = 0; i < 2; ++i)
    selection.clips.push_back({.number = 0,
                               .span = {},
                               .title = {},
                               .description = {},
                               .text_preview = {},
                               .keywords = {},
                               .score = 0,
                               .reasons = {}});
  finish(selection, request(2, 5, 10));
  EXPECT_EQ(selection.clips[1].number, 2);
  EXPECT_TRUE(selection.warnings.empty());
  finish(selection, request(3, 5, 10));
  ASSERT_EQ(selection.warnings.size(), 1U);
  EXPECT_EQ(selection.warnings[0].code, "fewer_clips");
}

}  // namespace
}  // namespace reelwright::clips
