#include "jobs/inputs.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::jobs {
namespace {

TEST(Inputs, AreReadAsTheyWereWritten) {
  const Inputs all{.keys = {{"source", "uploads/a.mp4"}, {"transcript", "uploads/a.transcript"}},
                   .url = "https://example.com/a?b=\"c\""};
  EXPECT_EQ(inputs_from(to_json(all)), all);
  EXPECT_EQ(inputs_from(to_json(Inputs{})), Inputs{});
}

TEST(Inputs, AreRolesAndKeys) {
  EXPECT_EQ(to_json(Inputs{.keys = {{"source", "uploads/a.mp4"}}}), R"({"source":"uploads/a.mp4"})");
  EXPECT_EQ(to_json(Inputs{.url = "https://example.com/a"}), R"({"url":"https://example.com/a"})");
}

TEST(Inputs, WhatIsNoneIsSaidSo) {
  for (const char* bad : {"", "[]", "{\"source\":1}", "{\"source\":"})
    EXPECT_THROW(inputs_from(bad), core::Error) << bad;
}

}  // namespace
}  // namespace reelwright::jobs
