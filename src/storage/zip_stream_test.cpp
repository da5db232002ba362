#include "storage/zip_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <clocale>
#include <fstream>
#include <map>

#include "core/error.h"
#include "storage/local_storage.h"
#include "support/media_fixture.h"

namespace reelwright::storage {
namespace {

class Zip : public ::testing::Test {
 protected:
  void put(const std::string& key, const std::string& content) {
    const auto file = folder / "file";
    std::ofstream(file, std::ios::binary) << content;
    storage.put(key, file);
    std::filesystem::remove(file);
  }

  std::string whole(ZipStream& zip) {
    std::string bytes;
    for (std::string part = zip.next(); !part.empty(); part = zip.next()) {
      longest_part = std::max(longest_part, part.size());
      bytes += part;
    }
    return bytes;
  }

  testing::TemporaryFolder folder;
  LocalStorage storage{folder / "store"};
  std::size_t longest_part = 0;
};

/// What a reader finds in an archive, by name.
std::map<std::string, std::string> unpacked(const std::string& bytes) {
  std::map<std::string, std::string> files;
  archive* zip = ::archive_read_new();
  ::archive_read_support_format_zip(zip);
  EXPECT_EQ(::archive_read_open_memory(zip, bytes.data(), bytes.size()), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (::archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
    std::string content(static_cast<std::size_t>(::archive_entry_size(entry)), '\0');
    EXPECT_EQ(::archive_read_data(zip, content.data(), content.size()),
              static_cast<la_ssize_t>(content.size()));
    files[::archive_entry_pathname(entry)] = content;
  }
  EXPECT_EQ(::archive_errno(zip), 0) << ::archive_error_string(zip);
  ::archive_read_free(zip);
  return files;
}

TEST_F(Zip, HasEveryFileUnderItsName) {
  const std::string film(5'000'000, 'f');
  put("results/clips/a/1.mp4", film);
  put("results/clips/a/1.srt", "words");
  put("results/clips/a/empty", "");
  ZipStream zip(storage, {{"1.mp4", "results/clips/a/1.mp4"},
                          {"text/1.srt", "results/clips/a/1.srt"},
                          {"e", "results/clips/a/empty"}});
  const std::string bytes = whole(zip);
  EXPECT_EQ(unpacked(bytes),
            (std::map<std::string, std::string>{{"1.mp4", film}, {"text/1.srt", "words"}, {"e", ""}}));
  EXPECT_GT(bytes.size(), film.size()) << "stored, not compressed";
  EXPECT_LT(longest_part, 3U << 20U) << "no file is held whole";
  EXPECT_TRUE(zip.next().empty());
}

TEST_F(Zip, OfNothingIsAnArchiveToo) {
  ZipStream zip(storage, {});
  EXPECT_TRUE(unpacked(whole(zip)).empty());
}

TEST_F(Zip, AFileThatIsGoneIsLeftOut) {
  put("results/clips/a/2.mp4", "two");
  ZipStream zip(storage, {{"1.mp4", "results/clips/a/1.mp4"}, {"2.mp4", "results/clips/a/2.mp4"}});
  EXPECT_EQ(unpacked(whole(zip)), (std::map<std::string, std::string>{{"2.mp4", "two"}}));
}

TEST_F(Zip, AFileThatIsReplacedMeanwhileBreaksIt) {
  put("results/clips/a/1.mp4", std::string(4'000'000, 'a'));
  ZipStream zip(storage, {{"1.mp4", "results/clips/a/1.mp4"}});
  EXPECT_FALSE(zip.next().empty());
  put("results/clips/a/1.mp4", std::string(4'000'000, 'b'));
  EXPECT_THROW(while (!zip.next().empty()) continue, core::Error);
}

TEST_F(Zip, NamesAreMarkedAsUtf8WhateverTheLocale) {
  put("results/clips/a/1.mp4", "one");
  const std::string name = "\xC3\xA4\xE6\xBC\xA2.mp4";
  ZipStream zip(storage, {{name, "results/clips/a/1.mp4"}});
  const std::string bytes = whole(zip);
  ASSERT_GT(bytes.size(), 30U);
  EXPECT_TRUE(static_cast<unsigned char>(bytes[7]) & 0x08U) << "bit 11 of the flags of the first header";
  EXPECT_NE(bytes.find(name), std::string::npos);
}

TEST_F(Zip, MoreThanFourGibibytes) {
  // A file with a hole takes no room; the archive is read and thrown away.
  const auto large = folder / "large";
  std::ofstream(large, std::ios::binary) << "begin";
  std::filesystem::resize_file(large, (std::uintmax_t{4} << 30U) + 5);
  storage.put("results/clips/a/1.mp4", large);
  put("results/clips/a/2.mp4", "behind");
  ZipStream zip(storage, {{"1.mp4", "results/clips/a/1.mp4"}, {"2.mp4", "results/clips/a/2.mp4"}});
  std::uint64_t size = 0;
  std::string tail;
  for (std::string part = zip.next(); !part.empty(); part = zip.next()) {
    size += part.size();
    if (part.size() > 1000) tail.clear();
    tail += part;
  }
  EXPECT_GT(size, std::uint64_t{4} << 30U);
  EXPECT_NE(tail.find("PK\x06\x06"), std::string::npos) << "the end record of ZIP64";
}

}  // namespace
}  // namespace reelwright::storage
