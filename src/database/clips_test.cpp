#include "database/clips.h"

#include "database/test_database.h"

namespace reelwright::database {
namespace {

class ClipTableTest : public JobsTest {
 protected:
  ClipTableTest() { clips.insert(new_job("one"), talk, start); }

  Claim take(Moment now = start) { return jobs.claim("one", "worker", now, now + 30s).value(); }

  /// A column of the blueprint's table.
  std::string column(const std::string& name) { return value("SELECT " + name + " FROM processing_jobs"); }

  const ClipJob talk{"uploads/one.mp4", "My talk; DROP TABLE jobs.mp4", 3, "9:16"};
  const PublishedClip first{1, "clip_01_a.mp4", "clip_01_a.json", 31.5, 5'000'000'000, "It's \"so\"…", "{}"};
  ClipTable clips{database};
};

TEST_F(ClipTableTest, AClipJobIsAJobWithFactsOfItsOwn) {
  EXPECT_EQ(jobs.find("one")->status, JobStatus::queued);
  const ClipJob found = clips.find("one").value();
  EXPECT_EQ(found.input_filename, talk.input_filename);
  EXPECT_EQ(found.original_filename, talk.original_filename);
  EXPECT_EQ(found.num_clips_requested, 3);
  EXPECT_EQ(found.aspect_ratio, "9:16");
  EXPECT_FALSE(clips.find("two").has_value());
}

TEST_F(ClipTableTest, BothRowsSayWhatBothHave) {
  const Job job = jobs.find("one").value();
  EXPECT_EQ(job.original_filename, talk.original_filename);
  EXPECT_EQ(job.num_clips_requested, 3);
  EXPECT_EQ(job.aspect_ratio, "9:16");
  jobs.update_settings("one", {.settings = "{}", .num_clips_requested = 8, .aspect_ratio = "1:1"}, false,
                       start);
  EXPECT_EQ(clips.find("one")->num_clips_requested, 8);
  EXPECT_EQ(clips.find("one")->aspect_ratio, "1:1");
}

TEST_F(ClipTableTest, NeitherRowStandsWhereOneIsRefused) {
  EXPECT_THROW(clips.insert(new_job("one"), talk, start), core::Error);
  EXPECT_EQ(value("SELECT COUNT(*) FROM processing_jobs"), "1");
}

TEST_F(ClipTableTest, TheBlueprintsTableFollowsTheJob) {
  EXPECT_EQ(column("status"), "queued");
  EXPECT_EQ(column("created_at"), "2027-01-15 08:00:00");
  const Claim claim = take();
  EXPECT_EQ(column("status"), "processing");
  EXPECT_TRUE(jobs.report(claim, {.percentage = 42, .stage = "render"}));
  EXPECT_EQ(column("progress_percentage"), "42");
  EXPECT_TRUE(jobs.fail(claim, {"unsupported_media", "It is broken.", "render", false}, start + 1min));
  EXPECT_EQ(column("status"), "failed");
  EXPECT_EQ(column("error_message"), "It is broken.");
  EXPECT_EQ(column("completed_at"), "2027-01-15 08:01:00");
  EXPECT_TRUE(jobs.retry("one", start + 2min));
  EXPECT_EQ(column("status"), "queued");
  EXPECT_EQ(column("error_message"), "NULL");
  EXPECT_EQ(column("completed_at"), "NULL");
}

TEST_F(ClipTableTest, AClipIsPublishedOnceHoweverOftenItIsMade) {
  const Claim dead = take();
  EXPECT_TRUE(clips.publish(dead, first, start));
  const Claim fresh = take(start + 31s);
  PublishedClip again = first;
  again.duration_seconds = 30;
  EXPECT_TRUE(clips.publish(fresh, again, start));
  PublishedClip second = first;
  second.clip_number = 2;
  EXPECT_TRUE(clips.publish(fresh, second, start));
  EXPECT_THAT(clips.clips("one"), ::testing::ElementsAre(again, second));
}

TEST_F(ClipTableTest, WhatStandsAlreadyIsNoChange) {
  const Claim claim = take();
  EXPECT_TRUE(clips.publish(claim, first, start));
  const std::int64_t before = revision("one");
  EXPECT_TRUE(clips.publish(claim, first, start + 1s));
  EXPECT_TRUE(clips.retain(claim, {1}));
  EXPECT_EQ(revision("one"), before);
}

TEST_F(ClipTableTest, ClipsOfOtherNumbersAreTakenBack) {
  const Claim claim = take();
  for (int number : {1, 2, 3}) {
    PublishedClip clip = first;
    clip.clip_number = number;
    EXPECT_TRUE(clips.publish(claim, clip, start));
  }
  EXPECT_EQ(value("SELECT results FROM jobs"), "3");
  const std::int64_t before = revision("one");
  EXPECT_TRUE(clips.retain(claim, {1, 9}));
  EXPECT_GT(revision("one"), before);
  EXPECT_THAT(clips.clips("one"), ::testing::ElementsAre(first));
  EXPECT_EQ(value("SELECT results FROM jobs"), "1");
}

TEST_F(ClipTableTest, PublishedClipsStayWhileTheJobIsDoneAnew) {
  const Claim claim = take();
  EXPECT_TRUE(clips.publish(claim, first, start));
  EXPECT_TRUE(jobs.complete(claim, start + 1s));
  jobs.update_settings("one", {.settings = "[]"}, true, start + 2s);
  EXPECT_THAT(clips.clips("one"), ::testing::ElementsAre(first));
}

TEST_F(ClipTableTest, AStaleWorkerPublishesNothing) {
  const Claim stale = take();
  const Claim fresh = take(start + 31s);
  EXPECT_FALSE(clips.publish(stale, first, start));
  EXPECT_FALSE(clips.retain(stale, {}));
  EXPECT_TRUE(clips.clips("one").empty());
  EXPECT_TRUE(jobs.complete(fresh, start + 40s));
  EXPECT_FALSE(clips.publish(fresh, first, start));
}

TEST_F(ClipTableTest, ClipsGoWithTheirJob) {
  EXPECT_TRUE(clips.publish(take(), first, start));
  EXPECT_TRUE(jobs.remove("one", start));
  EXPECT_TRUE(clips.clips("one").empty());
  EXPECT_FALSE(clips.find("one").has_value());
}

}  // namespace
}  // namespace reelwright::database
