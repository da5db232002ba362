#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;

TEST_F(JobsTest, ADeadWorkersJobIsTakenOverOnceItsLeaseIsOut) {
  const std::string id = add();
  const Claim dead = take(id);
  EXPECT_TRUE(jobs.report(dead, {.percentage = 40, .stage = "render"}));
  EXPECT_TRUE(jobs.renew(dead, start + 60s));
  EXPECT_EQ(jobs.claim_next({}, "second", start + 45s, start + 75s), std::nullopt);
  const Claim fresh = jobs.claim_next({}, "second", start + 61s, start + 91s).value();
  EXPECT_EQ(fresh.processing_id, id);
  EXPECT_EQ(fresh.attempt, 2);
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.failed_attempts, 1);
  EXPECT_EQ(job.lease_owner, "second");
  EXPECT_THAT(jobs.errors(id), ElementsAre(JobError{"internal", "Its worker died.", "render", true}));
}

TEST_F(JobsTest, AJobThatKillsItsWorkersEnds) {
  const std::string id = add();
  Moment now = start;
  for (int attempt = 1; attempt <= 3; ++attempt, now += 31s) {
    const Claim claim = jobs.claim_next({}, "worker", now, now + 30s).value();
    EXPECT_EQ(claim.attempt, attempt);
    EXPECT_TRUE(jobs.report(claim, {.percentage = 10, .stage = "probe"}));
  }
  EXPECT_FALSE(jobs.claim_next({}, "worker", now, now + 30s).has_value());
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::failed);
  EXPECT_TRUE(job.dead);
  EXPECT_EQ(job.completed_at, now);
  EXPECT_EQ(job.stage, "probe");
  EXPECT_EQ(jobs.errors(id).size(), 3U);
  EXPECT_EQ(jobs.errors(id).back(), (JobError{"internal", "Its worker died 3 times.", "probe", false}));
}

TEST_F(JobsTest, AJobWhoseEndWasAskedForIsNotStartedAgain) {
  const std::string id = add();
  take(id);
  EXPECT_EQ(jobs.cancel(id, start + 1s), JobStatus::processing);
  EXPECT_EQ(jobs.release_lost(start + 31s, start + 61s), 1);
  EXPECT_EQ(status(id), JobStatus::cancelled);
}

TEST_F(JobsTest, ATakenOverJobKeepsItsPlaceInTheQueue) {
  const std::string id = add(0, start);
  take(id, start);
  add(0, start + 5s);
  EXPECT_EQ(jobs.release_lost(start + 31s, start + 61s), 1);
  EXPECT_EQ(next(start + 31s), id);
  EXPECT_EQ(jobs.release_lost(start + 31s, start + 61s), 0);
}

TEST_F(JobsTest, AClockThatIsSetBackMakesNoLeaseEndless) {
  const std::string id = add();
  take(id, start + 24h);
  EXPECT_FALSE(jobs.claim_next({}, "worker", start, start + 30s).has_value());
  EXPECT_EQ(jobs.find(id)->lease_until, start + 30s);
  EXPECT_EQ(jobs.claim_next({}, "worker", start + 31s, start + 61s)->processing_id, id);
}

}  // namespace
}  // namespace reelwright::database
