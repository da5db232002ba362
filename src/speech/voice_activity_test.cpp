#include "speech/voice_activity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace reelwright::speech {
namespace {

constexpr std::size_t second = frames_per_second;

std::vector<Frame> frames(std::size_t count, float level) {
  return std::vector<Frame>(count, Frame{.level = level});
}

std::vector<Activity> judged(const std::vector<Frame>& stream, std::size_t block = 1) {
  VoiceActivity activity;
  std::vector<Activity> verdicts;
  for (std::size_t at = 0; at < stream.size(); at += block) {
    const std::size_t count = std::min(block, stream.size() - at);
    activity.feed(std::span(stream).subspan(at, count), verdicts);
  }
  activity.finish(verdicts);
  return verdicts;
}

std::size_t active(const std::vector<Activity>& verdicts, std::size_t from, std::size_t to) {
  return static_cast<std::size_t>(std::count_if(verdicts.begin() + static_cast<long>(from),
                                                verdicts.begin() + static_cast<long>(to),
                                                [](const Activity& verdict) { return verdict.active; }));
}

// Ten seconds of a room, two of a voice in it, ten of the room.
std::vector<Frame> voice_in_a_room(float room, float voice) {
  std::vector<Frame> stream = frames(10 * second, room);
  const auto loud = frames(2 * second, voice);
  const auto after = frames(10 * second, room);
  stream.insert(stream.end(), loud.begin(), loud.end());
  stream.insert(stream.end(), after.begin(), after.end());
  return stream;
}

TEST(VoiceActivity, EachFrameGetsOneVerdictHoweverTheyCome) {
  const auto stream = voice_in_a_room(-60, -25);
  const auto one_by_one = judged(stream, 1);
  const auto in_blocks = judged(stream, 777);
  ASSERT_EQ(one_by_one.size(), stream.size());
  ASSERT_EQ(in_blocks.size(), stream.size());
  for (std::size_t i = 0; i < stream.size(); ++i) {
    EXPECT_EQ(one_by_one[i].active, in_blocks[i].active) << i;
    EXPECT_EQ(one_by_one[i].level, stream[i].level) << i;
  }
}

TEST(VoiceActivity, AVoiceStandsOutOfItsRoomQuietOrLoud) {
  for (const float room : {-90.0F, -60.0F, -35.0F}) {
    const auto verdicts = judged(voice_in_a_room(room, std::max(room + 20, -50.0F)));
    EXPECT_EQ(active(verdicts, 10 * second, 12 * second), 2 * second) << room;
    EXPECT_EQ(active(verdicts, 0, 10 * second), 0U) << room;
    EXPECT_EQ(active(verdicts, 12 * second, 22 * second), 0U) << room;
  }
}

TEST(VoiceActivity, AFanThatIsSwitchedOnIsSoonThought) {
  std::vector<Frame> stream = frames(10 * second, -70);
  const auto fan = frames(20 * second, -30);
  stream.insert(stream.end(), fan.begin(), fan.end());
  const auto verdicts = judged(stream);
  EXPECT_EQ(active(verdicts, 15 * second, 30 * second), 0U) << "the floor has followed it";
}

TEST(VoiceActivity, WhatIsTooSoftToRecogniseIsNotHeard) {
  EXPECT_EQ(active(judged(voice_in_a_room(-100, -65)), 10 * second, 12 * second), 0U);
}

TEST(VoiceActivity, VerdictsComeWithTheirDelayAndMemoryStaysConstant) {
  VoiceActivity activity;
  std::vector<Activity> verdicts;
  activity.feed(frames(VoiceActivity::reach, -60), verdicts);
  EXPECT_TRUE(verdicts.empty());
  activity.feed(frames(100, -60), verdicts);
  EXPECT_EQ(verdicts.size(), 100U);
  activity.finish(verdicts);
  EXPECT_EQ(verdicts.size(), VoiceActivity::reach + 100);
}

TEST(VoiceActivity, OfNothingThereIsNothing) { EXPECT_TRUE(judged({}).empty()); }

}  // namespace
}  // namespace reelwright::speech
