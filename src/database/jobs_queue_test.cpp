#include <atomic>
#include <thread>
#include <vector>

#include "database/queue_queries.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

const std::vector<std::string> clips_only = {"clips"};
const std::vector<std::string> stories_only = {"stories", "clip"};

TEST_F(JobsTest, TheMostUrgentThenTheOldestRunsNext) {
  const std::string later = add(0, start + 1s);
  const std::string first = add(0, start);
  const std::string urgent = add(5, start + 2s);
  for (const std::string& expected : {urgent, first, later}) {
    EXPECT_EQ(next(start + 1min), expected);
    take(expected, start + 1min);
  }
  EXPECT_EQ(next(start + 1min), std::nullopt);
}

TEST_F(JobsTest, TheNextOneIsClaimedAtOnce) {
  const std::string later = add(0, start + 1s);
  const std::string first = add(0, start);
  const Claim claim = jobs.claim_next(clips_only, "worker", start + 2s, start + 32s).value();
  EXPECT_EQ(claim.processing_id, first);
  EXPECT_EQ(claim.attempt, 1);
  const Job job = jobs.find(first).value();
  EXPECT_EQ(job.status, JobStatus::processing);
  EXPECT_EQ(job.lease_owner, "worker");
  EXPECT_EQ(job.lease_until, start + 32s);
  EXPECT_EQ(job.started_at, start + 2s);
  EXPECT_EQ(jobs.claim_next({}, "worker", start + 2s, start + 32s)->processing_id, later);
  EXPECT_FALSE(jobs.claim_next({}, "worker", start + 2s, start + 32s).has_value());
}

TEST_F(JobsTest, AWorkerGetsJobsOfItsKindsAlone) {
  const std::string id = add();
  EXPECT_EQ(jobs.next_due(stories_only, start), std::nullopt);
  EXPECT_FALSE(jobs.claim_next(stories_only, "worker", start, start + 30s).has_value());
  EXPECT_EQ(jobs.next_due(clips_only, start), id);
}

TEST_F(JobsTest, AJobIsNotDueBeforeItsTime) {
  NewJob job = new_job("one");
  job.run_after = start + 10s;
  jobs.insert(job, start);
  EXPECT_EQ(next(start + 9s), std::nullopt);
  EXPECT_EQ(jobs.claim("one", "worker", start + 9s, start + 39s), std::nullopt);
  EXPECT_EQ(next(start + 10s), "one");
}

TEST_F(JobsTest, OfManyWhoClaimAtOnceEachGetsAnother) {
  constexpr int count = 40;
  for (int i = 0; i < count; ++i) add();
  std::atomic<int> claimed = 0;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < 4; ++i)
      workers.emplace_back([&, i] {
        while (const auto claim = jobs.claim_next({}, "worker " + std::to_string(i), start, start + 30s)) {
          EXPECT_EQ(claim->attempt, 1);
          ++claimed;
        }
      });
  }
  EXPECT_EQ(claimed, count);
}

TEST_F(JobsTest, OfManyWhoWantTheSameOneGetsIt) {
  for (int round = 0; round < 10; ++round) {
    const std::string id = add();
    std::atomic<int> winners = 0;
    {
      std::vector<std::jthread> workers;
      for (int i = 0; i < 4; ++i)
        workers.emplace_back([&] {
          if (jobs.claim(id, "worker", start, start + 30s)) ++winners;
        });
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(jobs.find(id)->attempt, 1);
  }
}

TEST_F(JobsTest, AJobQueuedBeforeTheClockWasSetBackIsStillDue) {
  const std::string id = add(0, start + 24h);
  EXPECT_EQ(next(start), id);
  EXPECT_TRUE(jobs.retry_later(take(id, start + 24h), error, start + 24h, start + 24h + 5min));
  EXPECT_EQ(next(start + 24h), std::nullopt);
  EXPECT_EQ(next(start), id);
}

TEST_F(JobsTest, TheQueueIsReadInItsOrderWithoutTouchingTheRows) {
  const std::string plans = plan(next_due_query);
  EXPECT_THAT(plans, ::testing::HasSubstr("USING COVERING INDEX jobs_waiting"));
  EXPECT_THAT(plans, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
  EXPECT_THAT(plan(any_lost_query), ::testing::HasSubstr("jobs_running"));
}

}  // namespace
}  // namespace reelwright::database
