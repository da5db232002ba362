#include "clips/source_json.h"

#include <gtest/gtest.h>

#include <glaze/glaze.hpp>

namespace reelwright::clips {
namespace {

TEST(SourceJson, SpeaksInSecondsAndLeavesOutWhatIsNotThere) {
  media::SourceFacts facts{
      .container = "wav", .duration = core::from_seconds(12.5), .bytes = 44, .title = "A \"talk\""};
  facts.audio.push_back({.stream = 0,
                         .codec = "pcm_s16le",
                         .sample_rate = 16000,
                         .channels = 1,
                         .start = core::from_seconds(0.25)});
  const std::string text = to_text(source_json("a.wav", facts));
  glz::generic read;
  ASSERT_FALSE(glz::read_json(read, text)) << text;
  EXPECT_EQ(read["duration"].get<double>(), 12.5);
  EXPECT_EQ(read["title"].get<std::string>(), "A \"talk\"");
  EXPECT_EQ(read["audio"][0]["start"].get<double>(), 0.25);
  EXPECT_FALSE(read.contains("video"));
}

}  // namespace
}  // namespace reelwright::clips
