#include "core/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <thread>

#include "core/json.h"

namespace reelwright::core::log {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LogTest : public ::testing::Test {
 protected:
  void TearDown() override { configure(Level::info, Format::json); }

  static std::string written(const std::function<void()>& work) {
    testing::internal::CaptureStderr();
    work();
    return testing::internal::GetCapturedStderr();
  }

  static glz::generic json(const std::function<void()>& work) {
    configure(Level::debug, Format::json);
    glz::generic read;
    const std::string line = written(work);
    EXPECT_FALSE(glz::read_json(read, line)) << line;
    return read;
  }
};

TEST_F(LogTest, ALineIsOneJsonObjectWithTypedValues) {
  auto line =
      json([] { info("job.claimed", {{"attempt", 2}, {"seconds", 0.5}, {"reused", true}, {"of", "x"}}); });
  EXPECT_EQ(line["event"].get<std::string>(), "job.claimed");
  EXPECT_EQ(line["level"].get<std::string>(), "info");
  EXPECT_EQ(line["attempt"].get<double>(), 2);
  EXPECT_EQ(line["seconds"].get<double>(), 0.5);
  EXPECT_TRUE(line["reused"].get<bool>());
  EXPECT_EQ(line["of"].get<std::string>(), "x");
  EXPECT_TRUE(line["at"].get<std::string>().ends_with("Z"));
}

TEST_F(LogTest, TextOfStrangersCannotBreakALine) {
  auto line = json([] { warning("upload.refused", {{"name", "a\"\n\x1b[31m\xff"}}); });
  EXPECT_THAT(line["name"].get<std::string>(), HasSubstr("a\"\n"));
  configure(Level::info, Format::pretty);
  const std::string pretty = written([] { warning("upload.refused", {{"name", "a\nb\x1b[31m"}}); });
  EXPECT_EQ(std::ranges::count(pretty, '\n'), 1);
  EXPECT_THAT(pretty, Not(HasSubstr("\x1b")));
}

TEST_F(LogTest, ANumberThatJsonDoesNotKnowIsNull) {
  auto line = json([] { info("x", {{"seconds", std::numeric_limits<double>::infinity()}}); });
  EXPECT_TRUE(line["seconds"].is_null());
}

TEST_F(LogTest, LessThanTheLeastLevelIsLeftOut) {
  configure("warning", "json");
  EXPECT_EQ(written([] { info("x"); }), "");
  EXPECT_NE(written([] { warning("x"); }), "");
}

TEST_F(LogTest, AScopeMarksTheLinesOfItsThreadWhileItLives) {
  auto inside = json([] {
    const Scope scope("request_id", "r1");
    info("x");
  });
  EXPECT_EQ(inside["request_id"].get<std::string>(), "r1");
  auto after = json([] { info("x"); });
  EXPECT_FALSE(after.contains("request_id"));
  auto elsewhere = json([] {
    const Scope scope("request_id", "r1");
    std::jthread([] { info("x"); }).join();
  });
  EXPECT_FALSE(elsewhere.contains("request_id"));
}

}  // namespace
}  // namespace reelwright::core::log
