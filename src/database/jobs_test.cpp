#include "database/jobs.h"

#include "database/test_database.h"

namespace reelwright::database {
namespace {

TEST_F(JobsTest, ANewJobIsQueued) {
  const std::string id = add(3);
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.priority, 3);
  EXPECT_EQ(job.kind, "clips");
  EXPECT_EQ(job.created_at, start);
  EXPECT_EQ(job.attempt, 0);
  EXPECT_FALSE(job.started_at || job.completed_at || job.lease_until || job.seconds_left || job.run_after);
  EXPECT_FALSE(job.ended());
}

TEST_F(JobsTest, WhatAJobIsMadeFromIsKept) {
  jobs.insert({.processing_id = "one",
               .kind = "stories",
               .user_id = "ada",
               .settings = R"({"a":1})",
               .inputs = R"({"source":"uploads/one.mp4"})",
               .most_attempts = 5,
               .run_after = start + 10s,
               .original_filename = "My talk'; DROP TABLE jobs.mp4",
               .num_clips_requested = 4,
               .aspect_ratio = "1:1",
               .webhook_url = "https://example.org/hook",
               .batch_id = "batch",
               .request_id = "request",
               .source_bytes = 5'000'000'000,
               .source_digest = "abc"},
              start);
  const Job job = jobs.find("one").value();
  EXPECT_EQ(job.kind, "stories");
  EXPECT_EQ(job.settings, R"({"a":1})");
  EXPECT_EQ(job.inputs, R"({"source":"uploads/one.mp4"})");
  EXPECT_EQ(job.most_attempts, 5);
  EXPECT_EQ(job.run_after, start + 10s);
  EXPECT_EQ(job.original_filename, "My talk'; DROP TABLE jobs.mp4");
  EXPECT_EQ(job.num_clips_requested, 4);
  EXPECT_EQ(job.aspect_ratio, "1:1");
  EXPECT_EQ(job.webhook_url, "https://example.org/hook");
  EXPECT_EQ(job.batch_id, "batch");
  EXPECT_EQ(job.request_id, "request");
  EXPECT_EQ(job.source_bytes, 5'000'000'000);
  EXPECT_EQ(job.source_digest, "abc");
}

TEST_F(JobsTest, AnIdentityIsTakenOnce) {
  const std::string id = add();
  EXPECT_EQ(refused([&] { jobs.insert(new_job(id), start); }), core::ErrorCode::conflict);
}

TEST_F(JobsTest, AUserWhoIsUnknownHasNoJobs) {
  NewJob job = new_job("one");
  job.user_id = "nobody";
  EXPECT_THROW(jobs.insert(job, start), core::Error);
  EXPECT_FALSE(jobs.find("one").has_value());
}

TEST_F(JobsTest, StagesAreKeptInTheirOrder) {
  const std::string id = add();
  const Claim claim = take(id);
  const StageCost sound{"sound", 1.5, 1.25, 80, false};
  const StageCost transcript{"transcript", 20, 38, 410.5, true};
  EXPECT_TRUE(jobs.note_stage(claim, sound, start + 2s));
  EXPECT_TRUE(jobs.note_stage(claim, transcript, start + 1s));
  EXPECT_THAT(jobs.stages(id), ::testing::ElementsAre(sound, transcript));
}

TEST_F(JobsTest, BytesInTheStorageAreNotedOneByOne) {
  const std::string id = add();
  const std::int64_t before = revision(id);
  EXPECT_TRUE(jobs.note_stored(id, {.source = 100, .workspace = 6'000'000'000}));
  EXPECT_TRUE(jobs.note_stored(id, {.workspace = 0, .results = 30}));
  const Job job = jobs.find(id).value();
  EXPECT_EQ(job.source_bytes, 100);
  EXPECT_EQ(job.workspace_bytes, 0);
  EXPECT_EQ(job.result_bytes, 30);
  EXPECT_EQ(job.revision, before);
  EXPECT_FALSE(jobs.note_stored("unknown", {}));
}

TEST_F(JobsTest, ARemovedJobTakesAllThatIsItsOwnAlong) {
  const std::string id = add();
  const Claim claim = take(id);
  EXPECT_TRUE(jobs.note_stage(claim, {"probe"}, start));
  EXPECT_TRUE(jobs.retry_later(claim, error, start, start));
  EXPECT_TRUE(jobs.remove(id, start));
  EXPECT_FALSE(jobs.find(id).has_value());
  EXPECT_TRUE(jobs.errors(id).empty());
  EXPECT_TRUE(jobs.stages(id).empty());
  EXPECT_FALSE(jobs.remove(id, start));
}

TEST_F(JobsTest, AnUnknownJobIsNone) {
  EXPECT_FALSE(jobs.find("unknown").has_value());
  EXPECT_FALSE(jobs.claim("unknown", "worker", start, start + 30s).has_value());
  EXPECT_EQ(jobs.cancel("unknown", start), std::nullopt);
  EXPECT_FALSE(jobs.retry("unknown", start));
}

}  // namespace
}  // namespace reelwright::database
