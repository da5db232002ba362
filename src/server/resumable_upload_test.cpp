#include "server/resumable_upload.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/digest.h"
#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::server {
namespace {

class ResumableFileTest : public ::testing::Test {
 protected:
  std::shared_ptr<ResumableFile> open(bool create = false) {
    return std::make_shared<ResumableFile>(folder / "f", create);
  }

  reelwright::testing::TemporaryFolder folder;
};

TEST_F(ResumableFileTest, GrowsByWhatIsAppended) {
  const auto file = open(true);
  const auto pen = file->take_pen();
  file->append(pen, 0, "hello");
  file->append(pen, 5, ", you");
  EXPECT_EQ(file->size(), 10U);
  EXPECT_EQ(core::read_file(folder / "f", 100), "hello, you");
  EXPECT_EQ(file->digest(), core::sha256("hello, you"));
}

TEST_F(ResumableFileTest, GoesOnInAnotherProcess) {
  {
    const auto file = open(true);
    file->append(file->take_pen(), 0, "hello");
  }
  const auto file = open();
  EXPECT_EQ(file->size(), 5U);
  file->append(file->take_pen(), 5, ", you");
  EXPECT_EQ(file->digest(), core::sha256("hello, you"));
}

TEST_F(ResumableFileTest, AWrongOffsetChangesNothing) {
  const auto file = open(true);
  const auto pen = file->take_pen();
  file->append(pen, 0, "hello");
  EXPECT_THROW(file->append(pen, 4, "x"), core::Error);
  EXPECT_THROW(file->append(pen, 6, "x"), core::Error);
  EXPECT_EQ(core::read_file(folder / "f", 100), "hello");
}

TEST_F(ResumableFileTest, WhoComesLaterTakesThePen) {
  const auto file = open(true);
  const auto first = file->take_pen();
  file->append(first, 0, "hello");
  const auto second = file->take_pen();
  EXPECT_THROW(file->append(first, 5, "lost"), core::Error);
  EXPECT_THROW(file->truncate(first, 0), core::Error);
  file->append(second, 5, ", you");
  EXPECT_EQ(core::read_file(folder / "f", 100), "hello, you");
}

TEST_F(ResumableFileTest, WhatIsTakenBackIsNotInTheDigest) {
  const auto file = open(true);
  const auto pen = file->take_pen();
  file->append(pen, 0, "hello, you");
  file->truncate(pen, 5);
  file->append(pen, 5, "!");
  EXPECT_EQ(file->digest(), core::sha256("hello!"));
}

TEST_F(ResumableFileTest, OfTwoAtOnceEachByteIsWrittenOnce) {
  const auto file = open(true);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) {
        const auto pen = file->take_pen();
        try {
          file->append(pen, file->size(), "0123456789");
        } catch (const core::Error& error) {
          EXPECT_EQ(error.code(), core::ErrorCode::conflict);
        }
      }
    });
  threads.clear();
  EXPECT_EQ(file->size() % 10, 0U);
  EXPECT_EQ(file->digest(), core::sha256(core::read_file(folder / "f", 10'000)));
}

TEST(ResumableFiles, AMissingUploadIsOver) {
  const reelwright::testing::TemporaryFolder folder;
  ResumableFiles files(folder.path());
  EXPECT_THROW(files.open("none", false), core::Error);
  const auto made = files.open("one", true);
  EXPECT_EQ(files.open("one", false), made);
  files.forget("one");
  EXPECT_NE(files.open("one", false), made);
}

}  // namespace
}  // namespace reelwright::server
