#include "core/digest.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/error.h"

namespace reelwright::core {
namespace {

std::filesystem::path write(const char* name, const std::string& content) {
  const auto file = std::filesystem::path(testing::TempDir()) / name;
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

TEST(Digest, IsSha256) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, BytesThatComeInPiecesHaveTheDigestOfTheWhole) {
  Sha256 digest;
  digest.update("a");
  digest.update("");
  digest.update("bc");
  EXPECT_EQ(digest.finish(), sha256("abc"));
  EXPECT_EQ(Sha256().finish(), sha256(""));
}

TEST(Digest, FileIdentityChangesWithTheEndOfALargeFile) {
  const auto file = write("identity.bin", std::string(3 << 20, 'a'));
  const auto before = file_identity(file);
  const auto changed_at = std::filesystem::last_write_time(file);
  EXPECT_EQ(before, file_identity(file));
  write("identity.bin", std::string((3 << 20) - 1, 'a') + "b");
  std::filesystem::last_write_time(file, changed_at);
  EXPECT_NE(before, file_identity(file));
}

TEST(Digest, OfNothingIsDefinedToo) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, FileIdentityChangesWithSizeTimeAndBeginningAndNotWithTheName) {
  const auto file = write("identity_small.bin", "abc");
  const auto before = file_identity(file);
  const auto changed_at = std::filesystem::last_write_time(file);

  std::filesystem::last_write_time(file, changed_at + std::chrono::seconds(1));
  EXPECT_NE(before, file_identity(file)) << "another time";

  write("identity_small.bin", "Abc");
  std::filesystem::last_write_time(file, changed_at);
  EXPECT_NE(before, file_identity(file)) << "another beginning";

  write("identity_small.bin", "abc");
  std::filesystem::last_write_time(file, changed_at);
  const auto moved = std::filesystem::path(testing::TempDir()) / "identity_moved.bin";
  std::filesystem::rename(file, moved);
  EXPECT_EQ(before, file_identity(moved)) << "the same file elsewhere";
}

TEST(Digest, AnEmptyFileHasAnIdentity) {
  EXPECT_EQ(file_identity(write("identity_empty.bin", "")).size(), 64U);
}

TEST(Digest, FileIdentityOfAFolderOrNothingIsRefused) {
  EXPECT_THROW(file_identity(testing::TempDir()), Error);
  EXPECT_THROW(file_identity("/nowhere/at/all"), Error);
}

}  // namespace
}  // namespace reelwright::core
