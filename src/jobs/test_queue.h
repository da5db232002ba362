#pragma once

// The one suite that every driver of `Queue` must pass. A driver's test instantiates it with a type that has
//
//     explicit Driver(database::Database&, const std::vector<std::string>& kinds);
//     Queue& queue();              // of one process
//     Queue& another();            // of a second process at the same jobs
//     void notice(const std::string& processing_id);   // as whoever made the job due would announce it

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "core/ids.h"
#include "database/jobs.h"
#include "database/users.h"
#include "jobs/queue.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {

using namespace std::chrono_literals;

template <typename Driver>
class QueueSuite : public ::testing::Test {
 protected:
  std::string add(int priority = 0, std::chrono::seconds delay = 0s, const std::string& kind = "clips") {
    const std::string id = core::make_uuid();
    database::NewJob job{
        .processing_id = id, .kind = kind, .user_id = user, .settings = "{}", .priority = priority};
    if (delay > 0s) job.run_after = start + delay;
    jobs.insert(job, start);
    driver().notice(id);
    return id;
  }

  /// The identity of what is taken at that moment, for a lease of 20 s; "none".
  std::string take(core::Moment now) {
    claim = driver().queue().take("worker", now, now + 20s);
    return claim ? claim->processing_id : "none";
  }

  database::Job job(const std::string& id) { return jobs.find(id).value(); }

  Driver& driver() {
    if (!driver_) driver_.emplace(database, std::vector<std::string>{"clips"});
    return *driver_;
  }

  const core::Moment start = core::now();
  testing::TemporaryFolder folder;
  database::Database database{"sqlite:///" + (folder / "jobs.db").string(), 8};
  database::JobTable jobs{database};
  std::string user = (database.migrate(), database::UserTable(database).ensure("ada", start).id);
  std::optional<database::Claim> claim;

 private:
  std::optional<Driver> driver_;
};

TYPED_TEST_SUITE_P(QueueSuite);

TYPED_TEST_P(QueueSuite, AnEmptyQueueGivesNothing) { EXPECT_EQ(this->take(this->start), "none"); }

TYPED_TEST_P(QueueSuite, WhatIsTakenIsClaimed) {
  const std::string id = this->add();
  EXPECT_EQ(this->take(this->start), id);
  EXPECT_EQ(this->claim->attempt, 1);
  EXPECT_EQ(this->job(id).status, database::JobStatus::processing);
  EXPECT_EQ(this->job(id).lease_owner, "worker");
  EXPECT_EQ(this->take(this->start), "none");
}

TYPED_TEST_P(QueueSuite, TheOldestComesFirst) {
  std::vector<std::string> added;
  for (int i = 0; i < 5; ++i) added.push_back(this->add());
  for (const std::string& id : added) EXPECT_EQ(this->take(this->start), id);
}

TYPED_TEST_P(QueueSuite, TheMoreUrgentComesBeforeTheOlder) {
  const std::string low = this->add(-1);
  const std::string middle = this->add(0);
  const std::string high = this->add(5);
  for (const std::string& id : {high, middle, low}) EXPECT_EQ(this->take(this->start), id);
}

TYPED_TEST_P(QueueSuite, AJobWaitsForItsTime) {
  const std::string later = this->add(9, 60s);
  const std::string soon = this->add();
  EXPECT_EQ(this->take(this->start), soon);
  EXPECT_TRUE(this->jobs.complete(*this->claim, this->start));
  EXPECT_EQ(this->take(this->start + 59s), "none");
  EXPECT_EQ(this->take(this->start + 61s), later);
}

TYPED_TEST_P(QueueSuite, OnlyTheKindsThatAreKnownAreTaken) {
  const std::string strange = this->add(9, 0s, "paintings");
  const std::string known = this->add();
  EXPECT_EQ(this->take(this->start), known);
  EXPECT_EQ(this->take(this->start), "none");
  EXPECT_EQ(this->job(strange).status, database::JobStatus::queued);
}

TYPED_TEST_P(QueueSuite, OfManyWhoTakeAtOnceEachJobGoesToOne) {
  std::set<std::string> added;
  for (int i = 0; i < 40; ++i) added.insert(this->add());
  std::mutex mutex;
  std::multiset<std::string> taken;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < 8; ++i)
      workers.emplace_back([&, i] {
        Queue& queue = i % 2 == 0 ? this->driver().queue() : this->driver().another();
        while (const auto got = queue.take("worker" + std::to_string(i), this->start, this->start + 20s)) {
          const std::lock_guard lock(mutex);
          taken.insert(got->processing_id);
        }
      });
  }
  EXPECT_THAT(taken, ::testing::ElementsAreArray(added));
}

TYPED_TEST_P(QueueSuite, ALostLeaseIsTakenOver) {
  const std::string id = this->add();
  ASSERT_EQ(this->take(this->start), id);
  const database::Claim dead = *this->claim;
  EXPECT_EQ(this->take(this->start + 19s), "none");
  EXPECT_EQ(this->take(this->start + 21s), id);
  EXPECT_EQ(this->claim->attempt, 2);
  EXPECT_FALSE(this->jobs.renew(dead, this->start + 60s));
}

TYPED_TEST_P(QueueSuite, ARenewedLeaseIsNotTakenOver) {
  const std::string id = this->add();
  ASSERT_EQ(this->take(this->start), id);
  EXPECT_TRUE(this->jobs.renew(*this->claim, this->start + 40s));
  EXPECT_EQ(this->take(this->start + 21s), "none");
}

TYPED_TEST_P(QueueSuite, AStaleWorkerChangesNothing) {
  const std::string id = this->add();
  ASSERT_EQ(this->take(this->start), id);
  const database::Claim stale = *this->claim;
  ASSERT_EQ(this->take(this->start + 21s), id);
  EXPECT_FALSE(this->jobs.complete(stale, this->start + 22s));
  EXPECT_FALSE(this->jobs.fail(stale, {"internal", "late"}, this->start + 22s));
  EXPECT_FALSE(this->jobs.hand_back(stale, this->start + 22s));
  EXPECT_EQ(this->job(id).status, database::JobStatus::processing);
  EXPECT_TRUE(this->jobs.complete(*this->claim, this->start + 23s));
}

TYPED_TEST_P(QueueSuite, AJobThatTakesItsWorkersWithItEnds) {
  const std::string poison = this->add();
  const int attempts = this->job(poison).most_attempts;
  core::Moment now = this->start;
  for (int i = 0; i < attempts; ++i, now += 21s) ASSERT_EQ(this->take(now), poison);
  EXPECT_EQ(this->take(now), "none");
  EXPECT_EQ(this->job(poison).status, database::JobStatus::failed);
  EXPECT_TRUE(this->job(poison).dead);
  EXPECT_EQ(this->jobs.errors(poison).back().code, "internal");
}

TYPED_TEST_P(QueueSuite, ACancelledJobIsNotTaken) {
  const std::string id = this->add();
  this->jobs.cancel(id, this->start);
  EXPECT_EQ(this->take(this->start), "none");
}

TYPED_TEST_P(QueueSuite, AJobCancelledWhileItsWorkerDiesIsNotTakenOver) {
  const std::string id = this->add();
  ASSERT_EQ(this->take(this->start), id);
  this->jobs.cancel(id, this->start + 1s);
  EXPECT_EQ(this->take(this->start + 21s), "none");
  EXPECT_EQ(this->job(id).status, database::JobStatus::cancelled);
}

TYPED_TEST_P(QueueSuite, AFailedAttemptComesBackWhenItsTimeHasCome) {
  const std::string id = this->add();
  ASSERT_EQ(this->take(this->start), id);
  EXPECT_TRUE(this->jobs.retry_later(*this->claim, {"unavailable", "later", "", true}, this->start,
                                     this->start + 8s));
  this->driver().notice(id);
  EXPECT_EQ(this->take(this->start + 7s), "none");
  EXPECT_EQ(this->take(this->start + 9s), id);
}

TYPED_TEST_P(QueueSuite, WhatAWorkerHandsBackOnItsWayOutIsTakenAtOnce) {
  const std::string first = this->add();
  const std::string second = this->add();
  ASSERT_EQ(this->take(this->start), first);
  EXPECT_TRUE(this->jobs.hand_back(*this->claim, this->start + 1s));
  this->driver().notice(first);
  EXPECT_EQ(this->take(this->start + 1s), first);  // its place is kept
  EXPECT_EQ(this->take(this->start + 1s), second);
}

TYPED_TEST_P(QueueSuite, WhoWaitsIsWokenByANewJob) {
  Queue& queue = this->driver().queue();
  EXPECT_EQ(this->take(this->start), "none");
  std::jthread later([&] { this->add(); });
  const auto before = std::chrono::steady_clock::now();
  while (this->take(core::now()) == "none" && std::chrono::steady_clock::now() - before < 60s)
    queue.wait(60s, {});
  EXPECT_LT(std::chrono::steady_clock::now() - before, 30s);
}

TYPED_TEST_P(QueueSuite, WhoWaitsIsWokenByAStop) {
  std::stop_source stop;
  EXPECT_EQ(this->take(this->start), "none");
  std::jthread later([&] { stop.request_stop(); });
  const auto before = std::chrono::steady_clock::now();
  this->driver().queue().wait(60s, stop.get_token());
  EXPECT_LT(std::chrono::steady_clock::now() - before, 30s);
}

REGISTER_TYPED_TEST_SUITE_P(QueueSuite, AnEmptyQueueGivesNothing, WhatIsTakenIsClaimed, TheOldestComesFirst,
                            TheMoreUrgentComesBeforeTheOlder, AJobWaitsForItsTime,
                            OnlyTheKindsThatAreKnownAreTaken, OfManyWhoTakeAtOnceEachJobGoesToOne,
                            ALostLeaseIsTakenOver, ARenewedLeaseIsNotTakenOver, AStaleWorkerChangesNothing,
                            AJobThatTakesItsWorkersWithItEnds, ACancelledJobIsNotTaken,
                            AJobCancelledWhileItsWorkerDiesIsNotTakenOver,
                            AFailedAttemptComesBackWhenItsTimeHasCome,
                            WhatAWorkerHandsBackOnItsWayOutIsTakenAtOnce, WhoWaitsIsWokenByANewJob,
                            WhoWaitsIsWokenByAStop);

}  // namespace reelwright::jobs
