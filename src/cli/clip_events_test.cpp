#include "cli/clip_events.h"

#include <gtest/gtest.h>

#include <functional>
#include <glaze/glaze.hpp>
#include <sstream>
#include <vector>

namespace reelwright::cli {
namespace {

// The events that `work` prints, one JSON object a line.
std::vector<glz::generic> printed(const std::function<void(JsonEvents&)>& work) {
  testing::internal::CaptureStdout();
  JsonEvents events;
  work(events);
  std::istringstream lines(testing::internal::GetCapturedStdout());
  std::vector<glz::generic> read;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_FALSE(glz::read_json(read.emplace_back(), line)) << line;
  }
  return read;
}

TEST(JsonEvents, TellsEachWholePercentOnce) {
  auto events = printed([](JsonEvents& out) {
    for (const double done : {0.0, 0.001, 0.009, 0.0101, 0.5, 0.505, 1.0}) out.on_progress("render", done);
  });
  ASSERT_EQ(events.size(), 4U);
  const std::vector<double> expected{0, 1, 50, 100};
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i]["event"].get<std::string>(), "progress");
    EXPECT_EQ(events[i]["stage"].get<std::string>(), "render");
    EXPECT_EQ(events[i]["percentage"].get<double>(), expected[i]);
  }
}

TEST(JsonEvents, EachKindHasItsDocumentedMembers) {
  auto events = printed([](JsonEvents& out) {
    out.on_stage("words", {.seconds = 1.5, .cpu_seconds = 2.5, .peak_mib = 100}, true);
    out.on_warning({"fewer_clips", "Only \"one\".\nReally."});
    out.on_clip(2, "A title", {core::from_seconds(1.25), core::from_seconds(31)});
    JsonEvents::on_done("out/clips");
  });
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0]["event"].get<std::string>(), "stage");
  EXPECT_EQ(events[0]["seconds"].get<double>(), 1.5);
  EXPECT_EQ(events[0]["cpu_seconds"].get<double>(), 2.5);
  EXPECT_EQ(events[0]["peak_mib"].get<double>(), 100);
  EXPECT_TRUE(events[0]["reused"].get<bool>());
  EXPECT_EQ(events[1]["event"].get<std::string>(), "warning");
  EXPECT_EQ(events[1]["code"].get<std::string>(), "fewer_clips");
  EXPECT_EQ(events[1]["message"].get<std::string>(), "Only \"one\".\nReally.") << "on one line";
  EXPECT_EQ(events[2]["event"].get<std::string>(), "clip");
  EXPECT_EQ(events[2]["clip_number"].get<double>(), 2);
  EXPECT_EQ(events[2]["title"].get<std::string>(), "A title");
  EXPECT_EQ(events[2]["start"].get<double>(), 1.25);
  EXPECT_EQ(events[2]["end"].get<double>(), 31);
  EXPECT_EQ(events[3]["event"].get<std::string>(), "done");
  EXPECT_EQ(events[3]["out"].get<std::string>(), "out/clips");
}

TEST(SpokenEvents, SpeaksOnStandardErrorOnly) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  {
    SpokenEvents events;
    events.on_stage("words", {}, false);
    events.on_warning({"no_speech", "Nobody speaks."});
    events.on_clip(1, "A title", {core::from_seconds(1.26), core::from_seconds(31)});
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "warning: Nobody speaks. [no_speech]\nclip 1: A title (1.3 s to 31.0 s)\n");
}

}  // namespace
}  // namespace reelwright::cli
