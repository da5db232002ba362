#include "core/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <set>

#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::core {
namespace {

namespace fs = std::filesystem;

template <typename Work>
std::optional<ErrorCode> code_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class Files : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder;
};

TEST_F(Files, AnyBytesComeBackAsTheyWereWritten) {
  std::string bytes(200'000, '\0');  // more than one read takes
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
  write_file(folder / "bytes", bytes);
  EXPECT_EQ(read_file(folder / "bytes", bytes.size()), bytes);
  write_file(folder / "empty", "");
  EXPECT_EQ(read_file(folder / "empty", 0), "");
}

TEST_F(Files, TheLimitItselfIsAllowedAndNotAByteMore) {
  write_file(folder / "ten", "0123456789");
  EXPECT_EQ(read_file(folder / "ten", 10).size(), 10U);
  EXPECT_EQ(code_of([&] { read_file(folder / "ten", 9); }), ErrorCode::too_large);
}

TEST_F(Files, WhatCannotBeReadIsNamedForWhatItIs) {
  EXPECT_EQ(code_of([&] { read_file(folder / "none", 1); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { read_file(folder.path(), 1); }), ErrorCode::invalid_input);
}

TEST_F(Files, WritingReplacesAndLeavesNothingBeside) {
  write_file(folder / "note", "a long first version");
  write_file(folder / "note", "second");
  EXPECT_EQ(read_file(folder / "note", 100), "second");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST_F(Files, AFailedWriteKeepsTheOldAndLeavesNothingBeside) {
  fs::create_directory(folder / "taken");
  std::ofstream(folder / "taken" / "inside") << "mine";
  EXPECT_TRUE(code_of([&] { write_file(folder / "taken", "new"); }).has_value());
  EXPECT_EQ(read_file(folder / "taken" / "inside", 100), "mine");
  EXPECT_EQ(entries(folder.path()), 1U);
  EXPECT_EQ(code_of([&] { write_file(folder / "none" / "note", "new"); }), ErrorCode::not_found);
}

TEST_F(Files, EachErrnoBecomesTheErrorAUserCanActOn) {
  const auto code = [](int error) { return code_of([&] { throw_errno(error, "write", "/a/b"); }); };
  EXPECT_EQ(code(ENOENT), ErrorCode::not_found);
  EXPECT_EQ(code(EACCES), ErrorCode::forbidden);
  EXPECT_EQ(code(EROFS), ErrorCode::forbidden);
  EXPECT_EQ(code(ENOSPC), ErrorCode::storage_full);
  EXPECT_EQ(code(EDQUOT), ErrorCode::storage_full);
  EXPECT_EQ(code(EISDIR), ErrorCode::invalid_input);
  EXPECT_EQ(code(EIO), ErrorCode::internal);
  try {
    throw_errno(EACCES, "write", "/a/b");
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "No permission to write /a/b.");
  }
}

TEST_F(Files, TemporaryNamesLieBesideTheFileAndNeverRepeat) {
  std::set<fs::path> names;
  for (int i = 0; i < 100; ++i) names.insert(temporary_beside(folder / "clip.mp4"));
  EXPECT_EQ(names.size(), 100U);
  for (const fs::path& name : names) {
    EXPECT_EQ(name.parent_path(), folder.path());
    EXPECT_EQ(name.extension(), ".mp4") << "FFmpeg tells formats by the extension";
    EXPECT_TRUE(name.filename().string().starts_with('.')) << "it is hidden";
  }
}

TEST_F(Files, ADescriptorClosesWhatItOwns) {
  write_file(folder / "note", "a");
  int number = -1;
  {
    const Descriptor open(::open((folder / "note").c_str(), O_RDONLY | O_CLOEXEC));
    number = open.get();
    ASSERT_GE(::fcntl(number, F_GETFD), 0);
  }
  EXPECT_EQ(::fcntl(number, F_GETFD), -1);
  EXPECT_EQ(errno, EBADF);
  const Descriptor none(-1);  // what a failed open gives; nothing is closed
}

}  // namespace
}  // namespace reelwright::core
