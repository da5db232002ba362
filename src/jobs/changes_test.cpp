#include "jobs/changes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/ids.h"
#include "database/changes.h"
#include "database/jobs.h"
#include "database/users.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;

/// Keeps what it is told, and lets a test wait for it.
class Heard {
 public:
  Changes::Listener listener() {
    return [this](const database::Change& change) {
      const std::lock_guard lock(mutex_);
      changes_.push_back(change);
      more_.notify_all();
    };
  }

  bool wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    return more_.wait_for(lock, 20s, [&] { return changes_.size() >= count; });
  }

  std::vector<database::Change> all() {
    const std::lock_guard lock(mutex_);
    return changes_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<database::Change> changes_;
};

class ChangesTest : public ::testing::Test {
 protected:
  ChangesTest() { database.migrate(); }

  std::string add() {
    const std::string id = core::make_uuid();
    jobs.insert({.processing_id = id,
                 .kind = "clips",
                 .user_id = database::UserTable(database).ensure("ada", core::now()).id,
                 .settings = "{}"},
                core::now());
    return id;
  }

  testing::TemporaryFolder folder;
  const std::string url = "sqlite:///" + (folder / "jobs.db").string();
  database::Database database{url};
  database::JobTable jobs{database};
};

TEST_F(ChangesTest, TellsOfAJobWhoeverAsksForIt) {
  const std::string id = add();
  const std::string other = add();
  Changes changes(database);
  Heard one, all;
  const auto first = changes.subscribe(id, one.listener());
  const auto second = changes.subscribe(all.listener());
  jobs.cancel(other, core::now());
  jobs.cancel(id, core::now());
  ASSERT_TRUE(all.wait_for(2));
  ASSERT_TRUE(one.wait_for(1));
  EXPECT_EQ(all.all().at(0).processing_id, other);
  EXPECT_EQ(one.all().size(), 1U);
  EXPECT_EQ(one.all().at(0).processing_id, id);
  EXPECT_EQ(one.all().at(0).revision, jobs.find(id)->revision);
}

TEST_F(ChangesTest, AnotherProcesssWritesAreSeen) {
  Changes changes(database);
  Heard all;
  const auto subscription = changes.subscribe(all.listener());
  database::Database other(url);
  database::JobTable(other).insert({.processing_id = "new",
                                    .kind = "clips",
                                    .user_id = database::UserTable(other).ensure("ada", core::now()).id,
                                    .settings = "{}"},
                                   core::now());
  ASSERT_TRUE(all.wait_for(1));
  EXPECT_EQ(all.all().at(0).processing_id, "new");
}

TEST_F(ChangesTest, ANotifiedHubLooksAtOnce) {
  Changes changes(database);
  Heard all;
  const auto subscription = changes.subscribe(all.listener());
  const auto start = std::chrono::steady_clock::now();
  constexpr int rounds = 20;
  for (std::size_t round = 1; round <= rounds; ++round) {
    add();
    changes.notify();
    ASSERT_TRUE(all.wait_for(round));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, rounds * 200ms / 2);  // looking alone would take longer
}

TEST_F(ChangesTest, ARemovedJobIsTold) {
  const std::string id = add();
  Changes changes(database);
  Heard heard;
  const auto subscription = changes.subscribe(id, heard.listener());
  jobs.remove(id, core::now());
  ASSERT_TRUE(heard.wait_for(1));
  EXPECT_TRUE(heard.all().back().removed);
}

TEST_F(ChangesTest, MoreChangesThanFitIntoOneLookAllCome) {
  Changes changes(database);
  Heard all;
  const auto subscription = changes.subscribe(all.listener());
  constexpr std::size_t many = 450;
  for (std::size_t i = 0; i < many; ++i) add();
  ASSERT_TRUE(all.wait_for(many));
  std::int64_t last = 0;
  for (const database::Change& change : all.all()) {
    EXPECT_GT(change.revision, last);
    last = change.revision;
  }
}

TEST_F(ChangesTest, AnEndedSubscriptionIsNotCalled) {
  const std::string id = add();
  Changes changes(database);
  Heard ended, all;
  {
    const auto subscription = changes.subscribe(id, ended.listener());
  }
  const auto subscription = changes.subscribe(all.listener());
  jobs.cancel(id, core::now());
  ASSERT_TRUE(all.wait_for(1));
  EXPECT_TRUE(ended.all().empty());
}

TEST_F(ChangesTest, AListenerMayEndItself) {
  const std::string id = add();
  Changes changes(database);
  Heard after;
  std::mutex mutex;
  Changes::Subscription subscription;
  std::atomic<int> calls = 0;
  {
    const std::lock_guard lock(mutex);
    subscription = changes.subscribe(id, [&](const database::Change&) {
      const std::lock_guard held(mutex);
      ++calls;
      subscription = {};
    });
  }
  const auto rest = changes.subscribe(after.listener());
  for (std::size_t round = 1; round <= 2; ++round) {
    jobs.claim(id, "worker", core::now(), core::now() + 20s);
    jobs.hand_back({id, static_cast<int>(round)}, core::now());
    ASSERT_TRUE(after.wait_for(round));
  }
  EXPECT_EQ(calls, 1);
}

TEST_F(ChangesTest, ManyThreadsMayComeAndGo) {
  const std::string id = add();
  Changes changes(database);
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    for (int attempt = 1; !stop; ++attempt) {
      jobs.claim(id, "worker", core::now(), core::now() + 20s);
      jobs.hand_back({id, attempt}, core::now());
      changes.notify();
    }
  });
  {
    std::vector<std::jthread> listeners;
    for (int i = 0; i < 4; ++i)
      listeners.emplace_back([&] {
        for (int round = 0; round < 200; ++round) {
          int told = 0;  // on this stack: a call after the end would be seen by the sanitizers
          const auto subscription = changes.subscribe(id, [&](const database::Change&) { ++told; });
        }
      });
  }
  stop = true;
}

}  // namespace
}  // namespace reelwright::jobs
