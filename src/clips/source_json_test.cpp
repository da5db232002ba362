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

TEST(SourceJson, TellsOfThePictureWhatAnEditorNeeds) {
  media::SourceFacts facts{.container = "mov,mp4", .duration = core::from_seconds(2), .bytes = 9};
  facts.video = media::VideoFacts{};
  facts.video->codec = "hevc";
  facts.video->width = 1080;
  facts.video->height = 1920;
  facts.video->rotation = 90;
  facts.video->hdr = true;
  facts.video->bit_depth = 10;
  facts.video->start = core::from_seconds(0.04);
  glz::generic read;
  ASSERT_FALSE(glz::read_json(read, to_text(source_json("/talks/a.mov", facts))));
  EXPECT_EQ(read["file"].get<std::string>(), "/talks/a.mov");
  EXPECT_EQ(read["video"]["codec"].get<std::string>(), "hevc");
  EXPECT_EQ(read["video"]["width"].get<double>(), 1080);
  EXPECT_EQ(read["video"]["height"].get<double>(), 1920);
  EXPECT_EQ(read["video"]["rotation"].get<double>(), 90);
  EXPECT_TRUE(read["video"]["hdr"].get<bool>());
  EXPECT_EQ(read["video"]["bit_depth"].get<double>(), 10);
  EXPECT_DOUBLE_EQ(read["video"]["start"].get<double>(), 0.04);
  EXPECT_EQ(read["audio"].get<glz::generic::array_t>().size(), 0U);
}

}  // namespace
}  // namespace reelwright::clips
