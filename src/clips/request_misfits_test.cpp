#include <gtest/gtest.h>

#include "clips/request.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;
using Fields = std::vector<std::string>;

Fields wrong(const Options& options) {
  media::SourceFacts source;
  source.duration = from_seconds(60);
  source.video.emplace();
  source.video->width = 640;
  source.video->height = 360;
  Fields fields;
  for (const FieldFault& fault : misfits_of(options, source)) fields.push_back(fault.field);
  return fields;
}

TEST(RequestMisfits, SpansLieInsideOfTheSource) {
  Options options;
  options.spans = {{{from_seconds(0), from_seconds(60.4)}},
                   {{from_seconds(10), from_seconds(61)}},
                   {{from_seconds(60), from_seconds(60.3)}}};
  EXPECT_EQ(wrong(options), (Fields{"spans[1].end", "spans[2].start"}));
}

TEST(RequestMisfits, SoDoThoseOfEdits) {
  Options options;
  options.edits = {{.clip_number = 1, .start = from_seconds(59)},
                   {.clip_number = 2, .end = from_seconds(90)}};
  EXPECT_EQ(wrong(options), Fields{"edits[1].end"});
}

TEST(RequestMisfits, WindowsBeginInsideOfThePicture) {
  Options options;
  options.edits = {{.clip_number = 1,
                    .crop = {{from_seconds(1), 640, 360, 640.0},
                             {from_seconds(2), 641, 361, 641.0},
                             {from_seconds(61), 0, 0}}}};
  EXPECT_EQ(wrong(options), (Fields{"edits[0].crop[1].x", "edits[0].crop[1].y", "edits[0].crop[1].width",
                                    "edits[0].crop[2].time"}));
}

TEST(RequestMisfits, WithoutWishesAllFits) { EXPECT_EQ(wrong({}), Fields{}); }

}  // namespace
}  // namespace reelwright::clips
