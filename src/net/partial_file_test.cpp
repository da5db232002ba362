#include "net/partial_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::net {
namespace {

namespace fs = std::filesystem;

class Partial : public ::testing::Test {
 protected:
  const PartialFile::Origin origin{.url = "https://example.com/a", .version = "\"v1\""};
  testing::TemporaryFolder folder;
  fs::path path = folder / "part";
};

TEST_F(Partial, GrowsAndKnowsItsDigest) {
  PartialFile file(path);
  file.restart(origin);
  file.append("hello ");
  file.append("world");
  EXPECT_EQ(file.size(), 11U);
  EXPECT_EQ(file.finish(), core::sha256("hello world"));
  EXPECT_EQ(core::read_file(path, 100), "hello world");
}

TEST_F(Partial, GoesOnInAnotherProcessWhereItWasNoted) {
  {
    PartialFile file(path);
    file.restart(origin);
    file.append("hello ");
    file.keep();
  }
  PartialFile file(path);
  EXPECT_EQ(file.size(), 6U);
  EXPECT_EQ(file.origin(), origin);
  file.append("world");
  EXPECT_EQ(file.finish(), core::sha256("hello world"));
}

TEST_F(Partial, WhatWasNotNotedIsFetchedAgain) {
  {
    PartialFile file(path);
    file.restart(origin);
    file.append("not yet on the disk");
  }
  PartialFile file(path);
  EXPECT_EQ(file.size(), 0U);
  EXPECT_EQ(file.origin(), origin);
}

TEST_F(Partial, ALongOneIsNotedOnTheWay) {
  const std::string block(1 << 20, 'x');
  {
    PartialFile file(path);
    file.restart(origin);
    for (int i = 0; i < 70; ++i) file.append(block);
  }
  EXPECT_EQ(PartialFile(path).size(), 64U << 20U);
}

TEST_F(Partial, ABrokenNoteCountsAsNone) {
  for (const char* note :
       {"", "{", "[]", R"({"url":"https://example.com/a","version":"v","bytes":1000})", R"({"bytes":-1})"}) {
    std::ofstream(path) << "some bytes";
    std::ofstream(PartialFile::note_beside(path)) << note;
    EXPECT_EQ(PartialFile(path).size(), 0U) << note;
  }
}

TEST_F(Partial, BeginsAnew) {
  PartialFile file(path);
  file.restart(origin);
  file.append("first");
  file.restart({.url = origin.url, .version = "\"v2\""});
  file.append("other");
  EXPECT_EQ(file.finish(), core::sha256("other"));
  EXPECT_EQ(core::read_file(path, 100), "other");
}

TEST_F(Partial, OnlyOneIsAtIt) {
  std::optional<PartialFile> first(std::in_place, path);
  EXPECT_THROW(PartialFile second(path), core::Error);
  first.reset();
  EXPECT_NO_THROW(PartialFile second(path));
}

TEST_F(Partial, IsRemovedWithItsNote) {
  PartialFile file(path);
  file.restart(origin);
  file.remove();
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace reelwright::net
