#include "database/hot_reads.h"

#include <thread>

#include "database/clips.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class HotReadsTest : public JobsTest {
 protected:
  HotReads reads{database};
  KeyTable keys{database};
};

TEST_F(HotReadsTest, AKeyIsFoundByItsHash) {
  const MadeKey made = keys.create(
      {.user_id = "ada", .scopes = {.jobs = true, .admin = true}, .expires_at = start + 24h}, start);
  const KeyFacts key = reads.key(token_hash(made.token)).value();
  EXPECT_EQ(key.id, made.key.id);
  EXPECT_EQ(key.user_id, "ada");
  EXPECT_TRUE(key.scopes.admin);
  EXPECT_TRUE(key.is_good(start));
  EXPECT_FALSE(key.is_good(start + 24h));
  EXPECT_FALSE(reads.key(token_hash(made.token + "x")).has_value());
  EXPECT_FALSE(reads.key("").has_value());
}

TEST_F(HotReadsTest, ARevokedKeyIsNoticedAtOnce) {
  const MadeKey made = keys.create({.user_id = "ada"}, start);
  const std::string hash = token_hash(made.token);
  EXPECT_TRUE(reads.key(hash)->is_good(start));
  EXPECT_TRUE(keys.revoke(made.key.id, start));
  EXPECT_FALSE(reads.key(hash)->is_good(start));
}

TEST_F(HotReadsTest, TheUseOfAKeyIsNotedOnceAMinute) {
  const MadeKey made = keys.create({.user_id = "ada"}, start);
  const std::string hash = token_hash(made.token);
  EXPECT_TRUE(reads.key(hash)->use_is_old(start));
  keys.note_use(made.key.id, start);
  EXPECT_FALSE(reads.key(hash)->use_is_old(start + 59s));
  keys.note_use(made.key.id, start + 59s);
  EXPECT_EQ(reads.key(hash)->last_used_at, start);
  EXPECT_TRUE(reads.key(hash)->use_is_old(start + 60s));
}

TEST_F(HotReadsTest, AJobIsReadAsItIs) {
  ClipTable clips(database);
  NewJob job = new_job("one");
  job.batch_id = "batch";
  clips.insert(job, {"uploads/one.mp4", "Über uns.mp4", 3, "9:16"}, start);
  const JobFacts queued = reads.job("one").value();
  EXPECT_EQ(queued.processing_id, "one");
  EXPECT_EQ(queued.user_id, "ada");
  EXPECT_EQ(queued.kind, "clips");
  EXPECT_EQ(queued.status, JobStatus::queued);
  EXPECT_EQ(queued.original_filename, "Über uns.mp4");
  EXPECT_EQ(queued.num_clips_requested, 3);
  EXPECT_EQ(queued.aspect_ratio, "9:16");
  EXPECT_EQ(queued.batch_id, "batch");
  EXPECT_EQ(queued.created_at, start);
  EXPECT_FALSE(queued.started_at || queued.completed_at || queued.seconds_left);

  const Claim claim = take("one");
  jobs.report(claim,
              {.percentage = 42, .stage = "render", .seconds_left = 7.5, .warnings = R"([{"code":"x"}])"});
  clips.publish(claim, {1, "a.mp4", "a.json", 31.5, 5, "text", "{}"}, start);
  jobs.cancel("one", start);
  const JobFacts running = reads.job("one").value();
  EXPECT_EQ(running.status, JobStatus::processing);
  EXPECT_EQ(running.attempt, 1);
  EXPECT_EQ(running.progress_percentage, 42);
  EXPECT_EQ(running.stage, "render");
  EXPECT_EQ(running.seconds_left, 7.5);
  EXPECT_EQ(running.warnings, R"([{"code":"x"}])");
  EXPECT_EQ(running.results, 1);
  EXPECT_TRUE(running.cancel_requested);
  EXPECT_EQ(running.started_at, start);
  EXPECT_GT(running.revision, queued.revision);
  EXPECT_FALSE(reads.job("two").has_value());
}

TEST_F(HotReadsTest, ErrorsOfAllAttemptsAreTold) {
  const std::string id = add();
  const Claim first = take(id);
  EXPECT_THAT(reads.job(id)->errors, IsEmpty());
  jobs.retry_later(first, error, start, start);
  EXPECT_THAT(reads.job(id)->errors, ElementsAre(error));
  const JobError last{"internal", "It broke again.", "render", false};
  jobs.fail(take(id), last, start);
  EXPECT_THAT(reads.job(id)->errors, ElementsAre(error, last));
}

TEST_F(HotReadsTest, ManyThreadsReadAtOnce) {
  const std::string id = add();
  std::vector<std::jthread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      for (int n = 0; n < 200; ++n) EXPECT_TRUE(reads.job(id).has_value());
    });
  for (int n = 0; n < 20; ++n) add();
}

}  // namespace
}  // namespace reelwright::database
