#include "database/usage.h"

#include "database/ledger.h"
#include "database/test_database.h"
#include "database/uploads.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

class UsageTest : public JobsTest {
 protected:
  UsageTest() { run("INSERT INTO users (id, name, created_at) VALUES ('eve', 'Eve', 0)"); }

  UsageDay day(Moment at) {
    const auto days = usage.days("ada", at, at);
    return days.empty() ? UsageDay{} : days[0];
  }

  UsageTable usage{database};
  Ledger ledger{database};
};

TEST_F(UsageTest, WhatBecomesOfJobsIsCountedOnTheDayItHappens) {
  const std::string one = add(0, start), two = add(0, start), three = add(0, start);
  EXPECT_EQ(day(start).jobs, 3);
  EXPECT_TRUE(jobs.complete(take(one, start + 10s), start + 70s));
  EXPECT_TRUE(jobs.fail(take(two, start + 20s), error, start + 25s));
  jobs.cancel(three, start + 24h);
  const UsageDay today = day(start);
  EXPECT_EQ(today.day, "2027-01-15");
  EXPECT_EQ(today.completed, 1);
  EXPECT_EQ(today.failed, 1);
  EXPECT_EQ(today.cancelled, 0);
  EXPECT_EQ(today.started, 2);
  EXPECT_EQ(today.waiting_seconds, 30);
  EXPECT_EQ(today.processing_seconds, 65);
  EXPECT_EQ(day(start + 24h).cancelled, 1);
  EXPECT_EQ(day(start + 24h).jobs, 0);
}

TEST_F(UsageTest, TheNextAttemptIsNoOtherJob) {
  const std::string id = add(0, start);
  EXPECT_TRUE(jobs.retry_later(take(id, start + 1s), error, start + 2s, start + 3s));
  EXPECT_TRUE(jobs.complete(take(id, start + 3s), start + 11s));
  EXPECT_EQ(day(start).jobs, 1);
  EXPECT_EQ(day(start).started, 1);
  EXPECT_EQ(day(start).waiting_seconds, 1);
  EXPECT_EQ(day(start).processing_seconds, 10);
}

TEST_F(UsageTest, RecordingsCountOnceHoweverOftenTheyAreNoted) {
  const std::string id = add();
  const Claim claim = take(id);
  EXPECT_TRUE(jobs.note_source(claim, 600, "mp4", start));
  EXPECT_TRUE(jobs.note_source(claim, 600, "mp4", start));
  EXPECT_EQ(usage.now("ada", start).source_seconds_today, 600);
  EXPECT_EQ(usage.now("ada", start + 24h).source_seconds_today, 0);
}

TEST_F(UsageTest, DeletingAJobGivesNoNewOne) {
  EXPECT_TRUE(jobs.remove(add(), start));
  EXPECT_EQ(usage.now("ada", start).jobs_today, 1);
  EXPECT_EQ(usage.now("eve", start).jobs_today, 0);
}

TEST_F(UsageTest, StorageIsThatOfJobsAndOfUploadsOnTheirWay) {
  NewJob job = new_job("one");
  job.source_bytes = 100;
  jobs.insert(job, start);
  EXPECT_TRUE(jobs.note_stored("one", {.workspace = 20, .results = 3}));
  UploadTable uploads(database);
  uploads.insert({.id = "u", .user_id = "ada", .received = 4000, .created_at = start, .expires_at = start});
  EXPECT_EQ(usage.now("ada", start).stored_bytes, 4123);
  EXPECT_EQ(usage.stored_bytes("eve"), 0);
  EXPECT_EQ(usage.stored_bytes(""), 4123);
  EXPECT_TRUE(uploads.finish("u", "one"));
  EXPECT_EQ(usage.stored_bytes("ada"), 123);
  EXPECT_EQ(day(start).uploaded_bytes, 100);
  jobs.remove("one", start);
  EXPECT_EQ(usage.stored_bytes("ada"), 0);
}

TEST_F(UsageTest, CostsAreOfTheirMonth) {
  const Cost picture{"ada", "one", "replicate", "flux", 0.05, start};
  ledger.note(picture);
  ledger.note({"ada", "one", "openai", "speech", 0.25, start + 24h});
  ledger.note({"ada", "two", "openai", "speech", 4, start + std::chrono::days(20)});
  EXPECT_NEAR(usage.now("ada", start + 48h).cost_this_month, 0.30, 1e-9);
  EXPECT_NEAR(usage.now("ada", start + std::chrono::days(21)).cost_this_month, 4, 1e-9);
  EXPECT_NEAR(day(start).cost, 0.05, 1e-9);
  EXPECT_EQ(ledger.of_job("one").size(), 2U);
  EXPECT_EQ(ledger.of_job("one")[0].item, "flux");
  EXPECT_EQ(ledger.of_job("one")[0].at, start);
  EXPECT_THAT(ledger.totals(), ElementsAre(Pair("openai", 4.25), Pair("replicate", 0.05)));
}

TEST_F(UsageTest, DaysAreOfOneUserOrOfAll) {
  add(0, start);
  add(0, start + 24h);
  NewJob hers = new_job("hers");
  hers.user_id = "eve";
  jobs.insert(hers, start);
  EXPECT_EQ(usage.days("ada", start, start + 24h).size(), 2U);
  EXPECT_EQ(usage.days("ada", start - 24h, start).size(), 1U);
  ASSERT_EQ(usage.days("", start, start + 24h).size(), 3U);
  EXPECT_EQ(usage.days("", start, start + 24h)[1].user_id, "eve");
}

TEST_F(UsageTest, AClockThatIsSetBackGivesNoNegativeTimes) {
  const std::string id = add(0, start);
  const Claim claim = jobs.claim(id, "worker", start - 1h, start).value();
  EXPECT_TRUE(jobs.complete(claim, start - 2h));
  EXPECT_EQ(day(start).waiting_seconds, 0);
  EXPECT_EQ(day(start).processing_seconds, 0);
}

}  // namespace
}  // namespace reelwright::database
