#include "database/clips.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "database/session.h"
#include "support/media_fixture.h"

namespace reelwright::database {
namespace {

using namespace std::chrono_literals;

constexpr Moment start{std::chrono::microseconds(1'800'000'000'000'000)};

class ClipTableTest : public ::testing::Test {
 protected:
  ClipTableTest() {
    database.migrate();
    writing(database, [](soci::session& sql) {
      sql << "INSERT INTO users (id, name, created_at) VALUES ('ada', 'Ada', 0)";
    });
    clips.insert(job, talk, start);
  }

  Claim take(Moment now = start) { return jobs.claim("one", "worker", now, now + 30s).value(); }

  /// A column of the blueprint's table, as text.
  std::string column(const std::string& name) {
    std::string text;
    soci::indicator found = soci::i_null;
    reading(database, [&](soci::session& sql) {
      sql << "SELECT CAST(" + name + " AS TEXT) FROM processing_jobs", soci::into(text, found);
    });
    return found == soci::i_ok ? text : "NULL";
  }

  const NewJob job{.processing_id = "one", .kind = "clips", .user_id = "ada", .settings = "{}"};
  const ClipJob talk{"uploads/one.mp4", "My talk; DROP TABLE jobs.mp4", 3, "9:16"};
  const PublishedClip first{1, "clip_01_a.mp4", "clip_01_a.json", 31.5, 5'000'000'000, "It's \"so\"…", "{}"};

  testing::TemporaryFolder folder;
  Database database{"sqlite:///" + (folder / "clips.db").string()};
  JobTable jobs{database};
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

TEST_F(ClipTableTest, NeitherRowStandsWhereOneIsRefused) {
  EXPECT_THROW(clips.insert(job, talk, start), core::Error);
  int rows = 0;
  reading(database,
          [&](soci::session& sql) { sql << "SELECT COUNT(*) FROM processing_jobs", soci::into(rows); });
  EXPECT_EQ(rows, 1);
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
  EXPECT_TRUE(clips.publish(dead, first));
  const Claim fresh = take(start + 31s);
  PublishedClip again = first;
  again.duration_seconds = 30;
  EXPECT_TRUE(clips.publish(fresh, again));
  PublishedClip second = first;
  second.clip_number = 2;
  EXPECT_TRUE(clips.publish(fresh, second));
  EXPECT_THAT(clips.clips("one"), ::testing::ElementsAre(again, second));
}

TEST_F(ClipTableTest, AStaleWorkerPublishesNothing) {
  const Claim stale = take();
  const Claim fresh = take(start + 31s);
  EXPECT_FALSE(clips.publish(stale, first));
  EXPECT_TRUE(clips.clips("one").empty());
  EXPECT_TRUE(jobs.complete(fresh, start + 40s));
  EXPECT_FALSE(clips.publish(fresh, first));
}

TEST_F(ClipTableTest, ClipsGoWithTheirJob) {
  EXPECT_TRUE(clips.publish(take(), first));
  EXPECT_TRUE(jobs.remove("one"));
  EXPECT_TRUE(clips.clips("one").empty());
  EXPECT_FALSE(clips.find("one").has_value());
}

}  // namespace
}  // namespace reelwright::database
