#include "database/changes.h"

#include <functional>

#include "database/clips.h"
#include "database/queue_queries.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;

class ChangeFeedTest : public JobsTest {
 protected:
  ChangeFeed feed{database};
};

TEST_F(ChangeFeedTest, TellsOfEachJobOnceInTheOrderOfTheLastChanges) {
  const std::string one = add(), two = add();
  const std::int64_t before = feed.latest();
  EXPECT_EQ(feed.since(before).size(), 0U);
  take(one);
  EXPECT_EQ(jobs.cancel(two, start), JobStatus::cancelled);
  EXPECT_EQ(jobs.cancel(one, start), JobStatus::processing);
  EXPECT_THAT(feed.since(before), ElementsAre(Change{two, revision(two)}, Change{one, revision(one)}));
  EXPECT_THAT(feed.since(0, 1), ElementsAre(Change{two, revision(two)}));
  EXPECT_THAT(feed.since(revision(two)), ElementsAre(Change{one, revision(one)}));
  EXPECT_EQ(feed.latest(), revision(one));
}

TEST_F(ChangeFeedTest, TellsOfJobsThatAreGoneForADay) {
  const std::string one = add(), two = add();
  const std::int64_t before = feed.latest();
  jobs.remove(one, start);
  EXPECT_THAT(feed.since(before), ElementsAre(Change{one, before + 1, true}));
  jobs.remove(two, start + 25h);
  EXPECT_THAT(feed.since(before), ElementsAre(Change{two, before + 2, true}));
}

TEST_F(ChangeFeedTest, SeesWhatOthersWrite) {
  EXPECT_TRUE(feed.moved());
  EXPECT_FALSE(feed.moved());
  add();
  EXPECT_TRUE(feed.moved());
  EXPECT_FALSE(feed.moved());
  Database other(url, 1);
  JobTable(other).insert(new_job("other"), start);
  EXPECT_TRUE(feed.moved());
}

TEST_F(ChangeFeedTest, ReadsTheIndexesAlone) {
  add();
  const std::string plans = plan(changes_query);
  EXPECT_THAT(plans, ::testing::HasSubstr("jobs_by_revision"));
  EXPECT_THAT(plans, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
  EXPECT_THAT(plans, ::testing::Not(::testing::HasSubstr("SCAN")));
}

/// Every call that changes what a user sees of a job, and what must have happened before.
TEST_F(ChangeFeedTest, EveryChangeThatAUserSeesHasARevision) {
  ClipTable clips(database);
  Claim claim;
  const ClipJob talk{"uploads/a.mp4", "a.mp4", 3, "9:16"};
  const PublishedClip clip{1, "a.mp4", "a.json", 31.5, 5, "text", "{}"};
  const auto claimed = [&] { claim = jobs.claim("a", "worker", start, start + 30s).value(); };
  const std::vector<std::pair<std::string, std::function<void()>>> steps = {
      {"insert", [&] { clips.insert(new_job("a"), talk, start); }},
      {"claim", claimed},
      {"report", [&] { jobs.report(claim, {.percentage = 1, .stage = "probe"}); }},
      {"publish", [&] { clips.publish(claim, clip, start); }},
      {"retain", [&] { clips.retain(claim, {}); }},
      {"hand back", [&] { jobs.hand_back(claim, start); }},
      {"claim again", claimed},
      {"retry later", [&] { jobs.retry_later(claim, error, start, start); }},
      {"a third claim", claimed},
      {"fail", [&] { jobs.fail(claim, error, start); }},
      {"retry", [&] { jobs.retry("a", start); }},
      {"a fourth claim", claimed},
      {"a lost lease", [&] { jobs.release_lost(start + 31s, start + 61s); }},
      {"a fifth claim", claimed},
      {"complete", [&] { jobs.complete(claim, start); }},
      {"rework", [&] { jobs.update_settings("a", {.settings = "[]"}, true, start); }},
      {"cancel", [&] { jobs.cancel("a", start); }},
      {"another retry", [&] { jobs.retry("a", start); }},
      {"a sixth claim", claimed},
      {"asking for its end", [&] { jobs.cancel("a", start); }},
      {"stop", [&] { jobs.stop(claim, start); }},
      {"remove", [&] { jobs.remove("a", start); }},
  };
  for (const auto& [name, step] : steps) {
    const std::int64_t before = feed.latest();
    step();
    const std::vector<Change> changes = feed.since(before);
    ASSERT_EQ(changes.size(), 1U) << name;
    EXPECT_EQ(changes[0].processing_id, "a");
  }
}

TEST_F(ChangeFeedTest, AHeartbeatIsNoChange) {
  const Claim claim = take(add());
  const std::int64_t before = feed.latest();
  EXPECT_TRUE(jobs.renew(claim, start + 60s));
  EXPECT_TRUE(jobs.note_stage(claim, {"probe"}, start));
  EXPECT_EQ(feed.latest(), before);
}

}  // namespace
}  // namespace reelwright::database
