#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;

TEST_F(JobsTest, AStaleWorkerChangesNothing) {
  const std::string id = add();
  const Claim stale = take(id);
  const Claim fresh = take(id, start + 31s);
  EXPECT_TRUE(jobs.report(fresh, {.percentage = 40, .stage = "render", .seconds_left = 12.5}));
  const std::int64_t before = revision(id);
  EXPECT_FALSE(jobs.renew(stale, start + 1h));
  EXPECT_FALSE(jobs.report(stale, {.percentage = 99, .stage = "old"}));
  EXPECT_FALSE(jobs.note_source(stale, 60, "mp4", start));
  EXPECT_FALSE(jobs.note_stage(stale, {"probe"}, start));
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
  EXPECT_EQ(job.source_container, "");
  EXPECT_EQ(job.revision, before);
  EXPECT_EQ(jobs.errors(id).size(), 1U);  // that its worker died
}

TEST_F(JobsTest, CompletionIsFinal) {
  const std::string id = add();
  const Claim claim = take(id);
  EXPECT_TRUE(jobs.complete(claim, start + 5s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::completed);
  EXPECT_EQ(job.progress_percentage, 100);
  EXPECT_EQ(job.completed_at, start + 5s);
  EXPECT_FALSE(job.lease_owner.has_value());
  EXPECT_TRUE(job.ended());
  EXPECT_FALSE(jobs.complete(claim, start + 6s));
  EXPECT_FALSE(jobs.retry(id, start + 6s));
  EXPECT_EQ(jobs.cancel(id, start + 6s), JobStatus::completed);
  EXPECT_EQ(next(start + 24h), std::nullopt);
}

TEST_F(JobsTest, AFailedAttemptComesBackLaterWithItsErrorKept) {
  const std::string id = add();
  EXPECT_TRUE(jobs.retry_later(take(id), error, start + 1s, start + 20s));
  EXPECT_EQ(next(start + 19s), std::nullopt);
  const Claim second = take(id, start + 20s);
  EXPECT_EQ(second.attempt, 2);
  EXPECT_FALSE(jobs.find(id)->last_attempt());
  const JobError last{"internal", "It broke again.", "render", false};
  EXPECT_TRUE(jobs.fail(second, last, start + 30s));
  EXPECT_EQ(status(id), JobStatus::failed);
  EXPECT_FALSE(jobs.find(id)->dead);
  EXPECT_EQ(jobs.find(id)->error_code, "internal");
  EXPECT_EQ(jobs.find(id)->error_message, "It broke again.");
  EXPECT_THAT(jobs.errors(id), ElementsAre(error, last));
}

TEST_F(JobsTest, AJobWithoutAttemptsLeftIsDead) {
  const std::string id = add();
  EXPECT_TRUE(jobs.retry_later(take(id), error, start, start));
  EXPECT_TRUE(jobs.retry_later(take(id), error, start, start));
  const Claim third = take(id);
  EXPECT_TRUE(jobs.find(id)->last_attempt());
  EXPECT_TRUE(jobs.fail(third, error, start));
  EXPECT_TRUE(jobs.find(id)->dead);
  EXPECT_EQ(jobs.errors(id).size(), 3U);
}

TEST_F(JobsTest, AJobThatIsHandedBackLosesNoAttempt) {
  const std::string id = add();
  add(0, start + 1s);
  EXPECT_TRUE(jobs.hand_back(take(id), start + 3s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.attempt, 1);
  EXPECT_EQ(job.failed_attempts, 0);
  EXPECT_EQ(next(start + 3s), id);
}

TEST_F(JobsTest, AJobWhoseEndWasAskedForIsNeverQueuedAgain) {
  const std::string broken = add();
  const Claim one = take(broken);
  jobs.cancel(broken, start);
  EXPECT_TRUE(jobs.retry_later(one, error, start + 1s, start + 2s));
  EXPECT_EQ(status(broken), JobStatus::cancelled);
  EXPECT_THAT(jobs.errors(broken), ElementsAre(error));
  const std::string returned = add();
  const Claim two = take(returned);
  jobs.cancel(returned, start);
  EXPECT_TRUE(jobs.hand_back(two, start + 1s));
  EXPECT_EQ(status(returned), JobStatus::cancelled);
}

TEST_F(JobsTest, TheSourceIsNotedWhenItIsKnown) {
  const std::string id = add();
  const Claim claim = take(id);
  EXPECT_TRUE(jobs.note_source(claim, std::nullopt, "matroska,webm", start));
  EXPECT_EQ(jobs.find(id)->source_container, "matroska,webm");
  EXPECT_FALSE(jobs.find(id)->source_seconds.has_value());
  EXPECT_TRUE(jobs.note_source(claim, 61.5, "mp4", start));
  EXPECT_EQ(jobs.find(id)->source_seconds, 61.5);
}

}  // namespace
}  // namespace reelwright::database
