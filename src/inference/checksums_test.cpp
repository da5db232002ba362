#include "inference/checksums.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/error.h"
#include "core/files.h"
#include "inference/models_folder.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

Checksum seen(const std::string& model, const std::string& file, const std::string& sha256) {
  return {model, file, 7, sha256, "https://example.com/" + file, "2027-01-15T08:00:00.000Z"};
}

TEST(Checksums, WhatWasRememberedIsFound) {
  const testing::TemporaryFolder folder;
  EXPECT_TRUE(read_checksums(folder.path()).empty());
  remember_checksums(folder.path(), {seen("a", "x", "1"), seen("a", "y", "2")});
  remember_checksums(folder.path(), {seen("b", "x", "3"), seen("a", "y", "4")});
  const auto all = read_checksums(folder.path());
  EXPECT_EQ(all.size(), 3U);
  EXPECT_EQ(find_checksum(all, "a", "x")->sha256, "1");
  EXPECT_EQ(find_checksum(all, "a", "y")->sha256, "4");
  EXPECT_EQ(find_checksum(all, "b", "x")->origin, "https://example.com/x");
  EXPECT_EQ(find_checksum(all, "b", "y"), nullptr);
  forget_checksums(folder.path(), "a");
  EXPECT_EQ(read_checksums(folder.path()).size(), 1U);
}

TEST(Checksums, TwoAtOnceLoseNothing) {
  const testing::TemporaryFolder folder;
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 8; ++i)
      writers.emplace_back(
          [&, i] { remember_checksums(folder.path(), {seen(std::to_string(i), "x", "1")}); });
  }
  EXPECT_EQ(read_checksums(folder.path()).size(), 8U);
}

TEST(Checksums, ABrokenFileIsToldWithThePlaceAndLeftAsItIs) {
  const testing::TemporaryFolder folder;
  for (const std::string broken :
       {"", "{", "[]", R"({"files": [{"model": 7}]})", R"({"files": [{}]})", R"({"files": []} and more)"}) {
    core::write_file(checksums_file(folder.path()), broken);
    try {
      remember_checksums(folder.path(), {seen("a", "x", "1")});
      ADD_FAILURE() << broken;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
      EXPECT_THAT(error.what(), ::testing::HasSubstr("checksums.json")) << broken;
      EXPECT_THAT(error.what(), ::testing::HasSubstr("move it away")) << broken;
    }
    EXPECT_EQ(core::read_file(checksums_file(folder.path()), 1000), broken);
  }
}

}  // namespace
}  // namespace reelwright::inference
