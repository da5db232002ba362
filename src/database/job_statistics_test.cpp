#include "database/job_statistics.h"

#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;

TEST_F(JobsTest, AreCountedByKindAndState) {
  EXPECT_TRUE(count_jobs(database).empty());
  add();
  add();
  EXPECT_TRUE(jobs.complete(take(add()), start));
  NewJob story = new_job("story");
  story.kind = "stories";
  jobs.insert(story, start);
  EXPECT_THAT(count_jobs(database),
              ElementsAre(JobCount{"clips", JobStatus::completed, 1}, JobCount{"clips", JobStatus::queued, 2},
                          JobCount{"stories", JobStatus::queued, 1}));
}

TEST_F(JobsTest, TheQueueIsAsLongAsWhatCouldRun) {
  EXPECT_EQ(queue_depth(database, start).jobs, 0);
  EXPECT_FALSE(queue_depth(database, start).oldest_seconds.has_value());
  add(0, start);
  add(9, start + 5s);
  take(add(0, start));
  EXPECT_TRUE(jobs.retry_later(take(add(0, start)), error, start + 1s, start + 1h));
  const QueueDepth depth = queue_depth(database, start + 60s);
  EXPECT_EQ(depth.jobs, 2);
  EXPECT_EQ(depth.oldest_seconds, 60);
  EXPECT_EQ(queue_depth(database, start - 1h).oldest_seconds, 0) << "the clock was set back";
  EXPECT_EQ(queue_depth(database, start + 1h).jobs, 3);
}

TEST_F(JobsTest, StagesAreReadOnFromWhereOneWas) {
  const std::string id = add();
  const Claim claim = take(id);
  const StageCost probe{"probe", 1, 0.5, 40, false}, render{"render 1", 9, 18, 400, true};
  EXPECT_TRUE(jobs.note_stage(claim, probe, start));
  const std::vector<StageRecord> first = stages_after(database, 0);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].cost, probe);
  EXPECT_EQ(first[0].kind, "clips");
  EXPECT_EQ(first[0].processing_id, id);
  EXPECT_EQ(first[0].at, start);
  EXPECT_TRUE(jobs.note_stage(claim, render, start));
  const std::vector<StageRecord> second = stages_after(database, first[0].id);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].cost, render);
  EXPECT_TRUE(stages_after(database, second[0].id).empty());
  EXPECT_EQ(stages_after(database, 0, 1).size(), 1U);
  jobs.remove(id, start);
  const std::string next = add();
  EXPECT_TRUE(jobs.note_stage(take(next), probe, start));
  EXPECT_GT(stages_after(database, 0).at(0).id, second[0].id) << "an id is never given twice";
}

}  // namespace
}  // namespace reelwright::database
