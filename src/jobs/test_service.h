#pragma once

// For the tests of this room: a service's database, store and settings.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include "core/config.h"
#include "core/digest.h"
#include "core/error.h"
#include "database/clips.h"
#include "database/jobs.h"
#include "database/session.h"
#include "database/users.h"
#include "jobs/submission.h"
#include "storage/local_storage.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {

constexpr core::Moment start{std::chrono::microseconds(1'800'000'000'000'000)};  ///< 2027-01-15 08:00:00

/// The code of the error that `work` throws; nothing where it throws none.
template <typename Work>
std::optional<core::ErrorCode> code_of(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  return {};
}

class ServiceTest : public ::testing::Test {
 protected:
  explicit ServiceTest(std::map<std::string, std::string> settings = {}) : settings_(std::move(settings)) {
    database.migrate();
    user = database::UserTable(database).ensure("ada", start).id;
    std::filesystem::create_directory(folder / "store/incoming");
  }

  core::Config load() {
    core::Config::Inputs inputs;
    inputs.flags = {
        {"STORAGE_PATH", (folder / "store").string()}, {"MIN_FREE_MB", "0"}, {"ALLOW_PRIVATE_URLS", "true"}};
    for (const auto& [name, value] : settings_) inputs.flags[name] = value;
    inputs.folder = folder.path();
    inputs.environment = [](const char*) -> const char* { return nullptr; };
    return core::Config::load(inputs);
  }

  std::filesystem::path write(const std::filesystem::path& path, const std::string& content) const {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  /// As an upload leaves it.
  ReceivedFile received(const std::string& content) {
    return {.file = write(folder / ("store/incoming/" + std::to_string(++files_)), content),
            .digest = core::sha256(content),
            .bytes = content.size()};
  }

  Submission submission(const std::string& content) {
    return {
        .user_id = user, .source = received(content), .original_filename = "my talk.mp4", .request_id = "r1"};
  }

  std::string stored(const std::string& key) {
    return core::read_file(storage.local_file(key).value(), 1 << 20);
  }

  /// All keys of the store.
  std::vector<std::string> keys() {
    std::vector<std::string> found;
    for (const char* prefix : {"uploads/", "processing/", "results/"})
      storage.list(prefix, [&](const storage::Object& object) { found.push_back(object.key); });
    std::ranges::sort(found);
    return found;
  }

  database::Job job(const std::string& id) { return jobs.find(id).value(); }

  database::Claim claim(const std::string& id, core::Moment now = start) {
    return jobs.claim(id, "worker", now, now + std::chrono::seconds(30)).value();
  }

 private:
  std::map<std::string, std::string> settings_;
  int files_ = 0;

 protected:
  testing::TemporaryFolder folder;
  core::Config config = load();
  database::Database database{"sqlite:///" + (folder / "reelwright.db").string()};
  storage::LocalStorage storage{folder / "store"};
  database::JobTable jobs{database};
  std::string user;
};

}  // namespace reelwright::jobs
