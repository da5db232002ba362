#include "database/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "core/error.h"
#include "core/ids.h"
#include "database/session.h"
#include "support/media_fixture.h"

namespace reelwright::database {
namespace {

using namespace std::chrono_literals;

constexpr Moment start{std::chrono::microseconds(1'800'000'000'000'000)};

class JobTableTest : public ::testing::Test {
 protected:
  JobTableTest() {
    database.migrate();
    writing(database, [](soci::session& sql) {
      sql << "INSERT INTO users (id, name, created_at) VALUES ('ada', 'Ada', 0)";
    });
  }

  std::string add(int priority = 0, Moment at = start) {
    const std::string id = core::make_uuid();
    jobs.insert(
        {.processing_id = id, .kind = "clips", .user_id = "ada", .settings = "{}", .priority = priority}, at);
    return id;
  }

  Claim take(const std::string& id, Moment now = start) {
    const std::optional<Claim> claim = jobs.claim(id, "worker", now, now + 30s);
    EXPECT_TRUE(claim.has_value());
    return claim.value_or(Claim{});
  }

  JobStatus status(const std::string& id) { return jobs.find(id).value().status; }

  testing::TemporaryFolder folder;
  Database database{"sqlite:///" + (folder / "jobs.db").string()};
  JobTable jobs{database};
  const JobError error{"unsupported_media", "It is broken.", "probe", true};
};

TEST_F(JobTableTest, ANewJobIsQueued) {
  const std::string id = add(3);
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.priority, 3);
  EXPECT_EQ(job.kind, "clips");
  EXPECT_EQ(job.created_at, start);
  EXPECT_EQ(job.attempt, 0);
  EXPECT_FALSE(job.started_at || job.completed_at || job.lease_until || job.seconds_left);
}

TEST_F(JobTableTest, AnIdentityIsTakenOnce) {
  const std::string id = add();
  const NewJob again{.processing_id = id, .kind = "clips", .user_id = "ada", .settings = "{}"};
  try {
    jobs.insert(again, start);
    FAIL() << "a second job of the same identity";
  } catch (const core::Error& refused) {
    EXPECT_EQ(refused.code(), core::ErrorCode::conflict);
  }
}

TEST_F(JobTableTest, TheMostUrgentThenTheOldestRunsNext) {
  const std::string later = add(0, start + 1s);
  const std::string first = add(0, start);
  const std::string urgent = add(5, start + 2s);
  for (const std::string& expected : {urgent, first, later}) {
    EXPECT_EQ(jobs.next_due(start + 1min), expected);
    take(expected, start + 1min);
  }
  EXPECT_EQ(jobs.next_due(start + 1min), std::nullopt);
}

TEST_F(JobTableTest, AJobIsNotDueBeforeItsTime) {
  const std::string id = add(0, start + 10s);
  EXPECT_EQ(jobs.next_due(start + 9s), std::nullopt);
  EXPECT_EQ(jobs.claim(id, "worker", start + 9s, start + 39s), std::nullopt);
  EXPECT_EQ(jobs.next_due(start + 10s), id);
}

TEST_F(JobTableTest, OfManyWhoClaimAtOnceOneWins) {
  for (int round = 0; round < 20; ++round) {
    const std::string id = add();
    std::atomic<int> winners = 0;
    {
      std::vector<std::jthread> workers;
      for (int i = 0; i < 4; ++i)
        workers.emplace_back([&, i] {
          if (jobs.claim(id, "worker " + std::to_string(i), start, start + 30s)) ++winners;
        });
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(jobs.find(id)->attempt, 1);
  }
}

TEST_F(JobTableTest, ADeadWorkersJobIsTakenOverOnceItsLeaseIsOut) {
  const std::string id = add();
  const Claim dead = take(id);
  EXPECT_EQ(jobs.next_due(start + 30s), std::nullopt);
  EXPECT_TRUE(jobs.renew(dead, start + 60s));
  EXPECT_EQ(jobs.next_due(start + 45s), std::nullopt);
  EXPECT_EQ(jobs.next_due(start + 61s), id);
  EXPECT_EQ(take(id, start + 61s).attempt, 2);
}

TEST_F(JobTableTest, AStaleWorkerChangesNothing) {
  const std::string id = add();
  const Claim stale = take(id);
  const Claim fresh = take(id, start + 31s);
  EXPECT_TRUE(jobs.report(fresh, {.percentage = 40, .stage = "render", .seconds_left = 12.5}));
  EXPECT_FALSE(jobs.renew(stale, start + 1h));
  EXPECT_FALSE(jobs.report(stale, {.percentage = 99, .stage = "old"}));
  EXPECT_FALSE(jobs.complete(stale, start + 40s));
  EXPECT_FALSE(jobs.fail(stale, error, start + 40s));
  EXPECT_FALSE(jobs.stop(stale, start + 40s));
  EXPECT_FALSE(jobs.retry_later(stale, error, start + 40s, start + 50s));
  EXPECT_FALSE(jobs.hand_back(stale, start + 40s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::processing);
  EXPECT_EQ(job.progress_percentage, 40);
  EXPECT_EQ(job.stage, "render");
  EXPECT_EQ(job.seconds_left, 12.5);
  EXPECT_TRUE(jobs.errors(id).empty());
}

TEST_F(JobTableTest, CompletionIsFinal) {
  const std::string id = add();
  const Claim claim = take(id);
  EXPECT_TRUE(jobs.complete(claim, start + 5s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::completed);
  EXPECT_EQ(job.progress_percentage, 100);
  EXPECT_EQ(job.completed_at, start + 5s);
  EXPECT_FALSE(job.lease_owner.has_value());
  EXPECT_FALSE(jobs.complete(claim, start + 6s));
  EXPECT_FALSE(jobs.retry(id, start + 6s));
  EXPECT_EQ(jobs.cancel(id, start + 6s), JobStatus::completed);
  EXPECT_EQ(jobs.next_due(start + 24h), std::nullopt);
}

TEST_F(JobTableTest, AFailedAttemptComesBackLaterWithItsErrorKept) {
  const std::string id = add();
  EXPECT_TRUE(jobs.retry_later(take(id), error, start + 1s, start + 20s));
  EXPECT_EQ(jobs.next_due(start + 19s), std::nullopt);
  const Claim second = take(id, start + 20s);
  EXPECT_EQ(second.attempt, 2);
  const JobError last{"internal", "It broke again.", "render", false};
  EXPECT_TRUE(jobs.fail(second, last, start + 30s));
  EXPECT_EQ(status(id), JobStatus::failed);
  EXPECT_THAT(jobs.errors(id), ::testing::ElementsAre(error, last));
}

TEST_F(JobTableTest, AJobThatIsHandedBackLosesNoAttempt) {
  const std::string id = add();
  const int before = jobs.find(id)->most_attempts;
  EXPECT_TRUE(jobs.hand_back(take(id), start + 3s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.most_attempts - job.attempt, before);
  EXPECT_EQ(jobs.next_due(start + 3s), id);
}

TEST_F(JobTableTest, AWaitingJobIsCancelledAtOnceAndARunningOneIsTold) {
  const std::string waiting = add();
  EXPECT_EQ(jobs.cancel(waiting, start), JobStatus::cancelled);
  EXPECT_EQ(jobs.next_due(start + 1h), std::nullopt);

  const std::string running = add();
  const Claim claim = take(running);
  EXPECT_EQ(jobs.cancel(running, start), JobStatus::processing);
  EXPECT_TRUE(jobs.find(running)->cancel_requested);
  EXPECT_TRUE(jobs.stop(claim, start + 1s));
  EXPECT_EQ(status(running), JobStatus::cancelled);
  EXPECT_EQ(jobs.cancel("unknown", start), std::nullopt);
}

TEST_F(JobTableTest, AnEndedJobCanBeAskedForAgain) {
  const std::string id = add();
  EXPECT_FALSE(jobs.retry(id, start));
  EXPECT_TRUE(jobs.fail(take(id), error, start + 1s));
  EXPECT_TRUE(jobs.retry(id, start + 2s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.most_attempts - job.attempt, 3);
  EXPECT_FALSE(job.completed_at.has_value());
  EXPECT_EQ(take(id, start + 2s).attempt, 2);
}

TEST_F(JobTableTest, ARemovedJobTakesAllThatIsItsOwnAlong) {
  const std::string id = add();
  EXPECT_TRUE(jobs.retry_later(take(id), error, start, start));
  EXPECT_TRUE(jobs.remove(id));
  EXPECT_FALSE(jobs.find(id).has_value());
  EXPECT_TRUE(jobs.errors(id).empty());
  EXPECT_FALSE(jobs.remove(id));
}

TEST_F(JobTableTest, AnUnknownJobIsNone) {
  EXPECT_FALSE(jobs.find("unknown").has_value());
  EXPECT_FALSE(jobs.claim("unknown", "worker", start, start + 30s).has_value());
}

}  // namespace
}  // namespace reelwright::database
