#include "storage/storage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "core/error.h"
#include "core/files.h"
#include "storage/local_storage.h"
#include "support/media_fixture.h"

// What every store must do, whatever it is made of. A new one adds itself to `Stores` at the end of the list.

namespace reelwright::storage {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;

template <typename Work>
std::optional<ErrorCode> code_of(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  return {};
}

struct LocalStore {
  testing::TemporaryFolder folder;
  LocalStorage storage{folder / "store"};
};

template <typename Store>
class StorageTest : public ::testing::Test {
 protected:
  fs::path file(const std::string& content) {
    fs::path path = folder / std::to_string(files++);
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  void put(const std::string& key, const std::string& content) { storage().put(key, file(content)); }

  std::string read(const std::string& key, std::uint64_t offset = 0, std::uint64_t length = 1U << 30U) {
    std::string content;
    storage().read(key, offset, length, [&](std::span<const std::byte> bytes) {
      content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      return true;
    });
    return content;
  }

  std::vector<std::string> keys(const std::string& prefix) {
    std::vector<std::string> found;
    storage().list(prefix, [&](const Object& object) { found.push_back(object.key); });
    std::ranges::sort(found);
    return found;
  }

  Storage& storage() { return store.storage; }

  Store store;
  testing::TemporaryFolder folder;
  int files = 0;
};

using Stores = ::testing::Types<LocalStore>;
TYPED_TEST_SUITE(StorageTest, Stores);

TYPED_TEST(StorageTest, WhatIsPutIsRead) {
  std::string bytes(700'000, '\0');  // more than one block
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 + i / 256);
  this->put("uploads/a.mp4", bytes);
  EXPECT_EQ(this->read("uploads/a.mp4"), bytes);
  this->put("results/clips/a/empty.srt", "");
  EXPECT_EQ(this->read("results/clips/a/empty.srt"), "");
}

TYPED_TEST(StorageTest, ThePutFileStaysTheCallers) {
  const fs::path mine = this->file("mine");
  this->storage().put("uploads/a.mp4", mine);
  EXPECT_EQ(core::read_file(mine, 100), "mine");
  fs::remove(mine);
  EXPECT_EQ(this->read("uploads/a.mp4"), "mine");
}

TYPED_TEST(StorageTest, ARangeIsThatRange) {
  this->put("uploads/a.mp4", "0123456789");
  EXPECT_EQ(this->read("uploads/a.mp4", 3, 4), "3456");
  EXPECT_EQ(this->read("uploads/a.mp4", 8, 100), "89");
  EXPECT_EQ(this->read("uploads/a.mp4", 10, 1), "");
  EXPECT_EQ(this->read("uploads/a.mp4", 0, 0), "");
}

TYPED_TEST(StorageTest, ASinkMayStopTheReading) {
  this->put("uploads/a.mp4", std::string(3 << 20, 'a'));
  int calls = 0;
  this->storage().read("uploads/a.mp4", 0, 3 << 20, [&](std::span<const std::byte>) { return ++calls < 2; });
  EXPECT_EQ(calls, 2);
}

TYPED_TEST(StorageTest, StatTellsWhatIsThere) {
  const core::Moment before = core::now() - std::chrono::seconds(2);
  this->put("uploads/a.mp4", "0123456789");
  const auto object = this->storage().stat("uploads/a.mp4");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->key, "uploads/a.mp4");
  EXPECT_EQ(object->size, 10U);
  EXPECT_GE(object->modified, before);
  EXPECT_LE(object->modified, core::now() + std::chrono::seconds(2));
  ASSERT_GE(object->etag.size(), 3U);
  EXPECT_TRUE(object->etag.starts_with('"') && object->etag.ends_with('"'));
}

TYPED_TEST(StorageTest, TheEtagIsOfTheBytes) {
  this->put("uploads/a.mp4", "first");
  const std::string first = this->storage().stat("uploads/a.mp4").value().etag;
  EXPECT_EQ(this->storage().stat("uploads/a.mp4").value().etag, first);
  this->put("uploads/a.mp4", "other");  // of the same size
  EXPECT_NE(this->storage().stat("uploads/a.mp4").value().etag, first);
}

TYPED_TEST(StorageTest, WhatIsNotThereIsSaidSo) {
  EXPECT_FALSE(this->storage().stat("uploads/none.mp4"));
  EXPECT_FALSE(this->storage().stat("results/clips/none/none.mp4"));
  EXPECT_EQ(code_of([&] { this->read("uploads/none.mp4"); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { this->storage().copy("uploads/none.mp4", "uploads/b.mp4"); }),
            ErrorCode::not_found);
  EXPECT_FALSE(this->storage().remove("uploads/none.mp4"));
  EXPECT_FALSE(this->storage().remove("results/clips/none/none.mp4"));
  EXPECT_NO_THROW(this->storage().remove_all("results/clips/none/"));
  EXPECT_TRUE(this->keys("results/clips/none/").empty());
  EXPECT_TRUE(this->storage().children("results/clips/none/").empty());
  EXPECT_EQ(this->storage().used_bytes("results/clips/none/"), 0U);
}

TYPED_TEST(StorageTest, AFolderIsNoObject) {
  this->put("results/clips/a/b.mp4", "b");
  EXPECT_FALSE(this->storage().stat("results/clips/a"));
  EXPECT_EQ(code_of([&] { this->read("results/clips/a"); }), ErrorCode::not_found);
}

TYPED_TEST(StorageTest, OnlyAWholeRegularFileIsPut) {
  EXPECT_EQ(code_of([&] { this->storage().put("uploads/a.mp4", this->folder / "none"); }),
            ErrorCode::not_found);
  EXPECT_TRUE(code_of([&] { this->storage().put("uploads/a.mp4", this->folder.path()); }));
  fs::create_symlink("/etc/passwd", this->folder / "link");
  EXPECT_TRUE(code_of([&] { this->storage().put("uploads/a.mp4", this->folder / "link"); }));
  EXPECT_FALSE(this->storage().stat("uploads/a.mp4"));
}

TYPED_TEST(StorageTest, KeysThatLeadElsewhereAreRefused) {
  const fs::path file = this->file("x");
  for (const char* bad :
       {"", "../a", "uploads/../../a", "/etc/passwd", "uploads//a", "uploads/.a", "a\nb", "uploads/"}) {
    EXPECT_EQ(code_of([&] { this->storage().put(bad, file); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().stat(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->read(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().local_file(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().remove(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().copy("uploads/a", bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().presign(bad, std::chrono::seconds(60), "a"); }),
              ErrorCode::invalid_input)
        << bad;
  }
  for (const char* bad : {"uploads", "../", "/", "uploads//"}) {
    EXPECT_EQ(code_of([&] { this->keys(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().children(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().used_bytes(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().remove_all(bad); }), ErrorCode::invalid_input) << bad;
    EXPECT_EQ(code_of([&] { this->storage().local_folder(bad); }), ErrorCode::invalid_input) << bad;
  }
  EXPECT_EQ(code_of([&] { this->storage().remove_all(""); }), ErrorCode::invalid_input);
}

TYPED_TEST(StorageTest, ListsWhatLiesBelowAPrefix) {
  this->put("uploads/a.mp4", "a");
  this->put("results/clips/a/1.mp4", "1");
  this->put("results/clips/a/1.srt", "22");
  this->put("results/clips/ab/1.mp4", "3");
  EXPECT_EQ(this->keys("results/clips/a/"),
            (std::vector<std::string>{"results/clips/a/1.mp4", "results/clips/a/1.srt"}));
  EXPECT_EQ(this->keys("").size(), 4U);
  EXPECT_EQ(this->storage().children("results/clips/"), (std::vector<std::string>{"a/", "ab/"}));
  EXPECT_EQ(this->storage().children("uploads/"), std::vector<std::string>{"a.mp4"});
  EXPECT_EQ(this->storage().used_bytes("results/clips/a/"), 3U);
  this->storage().list("results/clips/a/", [&](const Object& object) {
    EXPECT_EQ(object.etag, this->storage().stat(object.key).value().etag);
    EXPECT_EQ(object.size, this->storage().stat(object.key).value().size);
  });
}

TYPED_TEST(StorageTest, RemovesOneAndAll) {
  this->put("results/clips/a/1.mp4", "1");
  this->put("results/clips/a/2.mp4", "2");
  this->put("results/clips/b/1.mp4", "1");
  EXPECT_TRUE(this->storage().remove("results/clips/a/1.mp4"));
  EXPECT_FALSE(this->storage().remove("results/clips/a/1.mp4"));
  EXPECT_EQ(this->keys("results/clips/a/"), std::vector<std::string>{"results/clips/a/2.mp4"});
  this->storage().remove_all("results/clips/a/");
  EXPECT_TRUE(this->keys("results/clips/a/").empty());
  EXPECT_EQ(this->keys("results/"), std::vector<std::string>{"results/clips/b/1.mp4"});
  EXPECT_EQ(this->storage().children("results/clips/"), std::vector<std::string>{"b/"});
}

TYPED_TEST(StorageTest, ACopyOutlivesItsOriginal) {
  this->put("uploads/a.mp4", "bytes");
  this->storage().copy("uploads/a.mp4", "uploads/b.mp4");
  this->storage().copy("uploads/a.mp4", "uploads/b.mp4");  // once more: one file under two names
  EXPECT_EQ(this->keys("uploads/").size(), 2U);
  this->storage().remove("uploads/a.mp4");
  EXPECT_EQ(this->read("uploads/b.mp4"), "bytes");
  this->put("uploads/a.mp4", "other");
  this->storage().copy("uploads/a.mp4", "uploads/b.mp4");
  EXPECT_EQ(this->read("uploads/b.mp4"), "other");
}

TYPED_TEST(StorageTest, AReaderSeesTheOldOrTheNewWhole) {
  const fs::path as = this->file(std::string(600'000, 'a'));
  const fs::path bs = this->file(std::string(600'000, 'b'));
  this->storage().put("results/clips/a/1.mp4", as);
  std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      this->storage().put("results/clips/a/1.mp4", bs);
      this->storage().put("results/clips/a/1.mp4", as);
    }
  });
  for (int i = 0; i < 50; ++i) {
    const std::string seen = this->read("results/clips/a/1.mp4");
    ASSERT_EQ(seen.size(), 600'000U);
    ASSERT_EQ(seen.find_first_not_of(seen.front()), std::string::npos);
  }
}

TYPED_TEST(StorageTest, ManyMayPutOneKeyAtOnce) {
  std::vector<std::jthread> writers;
  for (int i = 0; i < 4; ++i)
    writers.emplace_back([&, mine = this->file(std::string(1000, static_cast<char>('a' + i)))] {
      for (int turn = 0; turn < 10; ++turn) this->storage().put("results/clips/new/1.mp4", mine);
    });
  writers.clear();
  const std::string left = this->read("results/clips/new/1.mp4");
  EXPECT_EQ(left, std::string(1000, left.front()));
  EXPECT_EQ(this->keys("results/clips/new/").size(), 1U);
}

TYPED_TEST(StorageTest, AHealthyStoreSaysSoAndKeepsNothingOfIt) {
  EXPECT_NO_THROW(this->storage().check());
  EXPECT_TRUE(this->keys("").empty());
  EXPECT_GT(this->storage().free_bytes().value_or(1), 0U);
}

}  // namespace
}  // namespace reelwright::storage
