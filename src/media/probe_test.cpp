#include "media/probe.h"

#include <gtest/gtest.h>

#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using testing::make_numbered;
using testing::TemporaryFolder;

TEST(Probe, TellsWhatIsInAnOrdinaryFile) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.mp4", "30", 3);
  const SourceFacts facts = probe(folder / "a.mp4");
  EXPECT_NEAR(core::to_seconds(facts.duration), 3, 0.05);
  ASSERT_TRUE(facts.video);
  EXPECT_EQ(facts.video->codec, "h264");
  EXPECT_EQ(facts.video->width, 320);
  EXPECT_EQ(facts.video->height, 180);
  EXPECT_DOUBLE_EQ(facts.video->frame_rate, 30);
  EXPECT_FALSE(facts.video->variable_frame_rate);
  ASSERT_EQ(facts.audio.size(), 1U);
  EXPECT_EQ(facts.audio[0].sample_rate, 48000);
}

}  // namespace
}  // namespace reelwright::media
