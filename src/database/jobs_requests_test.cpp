#include "database/test_database.h"

namespace reelwright::database {
namespace {

TEST_F(JobsTest, AWaitingJobIsCancelledAtOnceAndARunningOneIsTold) {
  const std::string waiting = add();
  EXPECT_EQ(jobs.cancel(waiting, start), JobStatus::cancelled);
  EXPECT_EQ(jobs.find(waiting)->completed_at, start);
  EXPECT_EQ(next(start + 1h), std::nullopt);

  const std::string running = add();
  const Claim claim = take(running);
  EXPECT_EQ(jobs.cancel(running, start), JobStatus::processing);
  EXPECT_TRUE(jobs.find(running)->cancel_requested);
  EXPECT_TRUE(jobs.stop(claim, start + 1s));
  EXPECT_EQ(status(running), JobStatus::cancelled);
}

TEST_F(JobsTest, AnEndedJobCanBeAskedForAgain) {
  const std::string id = add();
  EXPECT_FALSE(jobs.retry(id, start));
  EXPECT_TRUE(jobs.fail(take(id), error, start + 1s));
  EXPECT_TRUE(jobs.retry(id, start + 2s));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.failed_attempts, 0);
  EXPECT_FALSE(job.dead);
  EXPECT_FALSE(job.completed_at || job.started_at);
  EXPECT_EQ(take(id, start + 2s).attempt, 2);
}

TEST_F(JobsTest, ACompletedJobCanBeReworked) {
  const std::string id = add();
  EXPECT_TRUE(jobs.complete(take(id), start + 1s));
  jobs.update_settings(id, {.settings = R"({"new":true})", .inputs = R"({"transcript":"x"})"}, true,
                       start + 2s);
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.settings, R"({"new":true})");
  EXPECT_EQ(job.inputs, R"({"transcript":"x"})");
  EXPECT_EQ(job.progress_percentage, 0);
  EXPECT_EQ(take(id, start + 2s).attempt, 2);
}

TEST_F(JobsTest, SettingsCanBeChangedWithoutQueueing) {
  const std::string id = add();
  EXPECT_TRUE(jobs.complete(take(id), start + 1s));
  jobs.update_settings(id, {.settings = "[]", .num_clips_requested = 7, .aspect_ratio = "4:5"}, false, start);
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::completed);
  EXPECT_EQ(job.settings, "[]");
  EXPECT_EQ(job.inputs, "{}");
  EXPECT_EQ(job.num_clips_requested, 7);
  EXPECT_EQ(job.aspect_ratio, "4:5");
}

TEST_F(JobsTest, ARunningJobIsNotReworked) {
  const std::string id = add();
  take(id);
  EXPECT_EQ(refused([&] { jobs.update_settings(id, {.settings = "[]"}, true, start); }),
            core::ErrorCode::conflict);
  EXPECT_EQ(jobs.find(id)->settings, "{}");
  EXPECT_EQ(refused([&] { jobs.update_settings("unknown", {.settings = "[]"}, true, start); }),
            core::ErrorCode::not_found);
}

}  // namespace
}  // namespace reelwright::database
