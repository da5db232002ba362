#include "database/expiry.h"

#include "database/clips.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

class Expiry : public JobsTest {
 protected:
  Expiry() {
    clips.insert(new_job("one"), {"uploads/one.mp4", "talk.mp4", 3, "9:16"}, start);
    claim = take("one");
    clips.publish(claim, {1, "1.mp4", "1.json", 10, 1000, "words", "{}"}, start);
  }

  ClipTable clips{database};
  Claim claim;
};

TEST_F(Expiry, TakesBackWhatWasPublishedAndSaysSo) {
  jobs.complete(claim, start);
  const std::int64_t before = revision("one");
  EXPECT_TRUE(expire_results(database, "one", start + 1s));
  EXPECT_TRUE(clips.clips("one").empty());
  EXPECT_GT(revision("one"), before);
  EXPECT_NE(jobs.find("one").value().warnings.find("results_expired"), std::string::npos);
  EXPECT_EQ(status("one"), JobStatus::completed);
}

TEST_F(Expiry, OtherWarningsStay) {
  jobs.report(claim, {.percentage = 50, .warnings = R"([{"code":"no_speech","message":"x"}])"});
  jobs.complete(claim, start);
  expire_results(database, "one", start + 1s);
  EXPECT_TRUE(jobs.find("one").value().warnings.starts_with(
      R"([{"code":"no_speech","message":"x"},{"code":"results_expired",)"));
}

TEST_F(Expiry, ASecondTimeNothingChanges) {
  jobs.complete(claim, start);
  expire_results(database, "one", start + 1s);
  const std::int64_t before = revision("one");
  EXPECT_TRUE(expire_results(database, "one", start + 1s));
  EXPECT_EQ(revision("one"), before);
}

TEST_F(Expiry, AJobThatRunsOrWaitsOrEndedLateIsLeftAlone) {
  EXPECT_FALSE(expire_results(database, "one", start + 1s));
  EXPECT_FALSE(expire_results(database, "none", start + 1s));
  jobs.complete(claim, start);
  EXPECT_FALSE(expire_results(database, "one", start));
  jobs.update_settings("one", {.settings = "{}"}, true, start);
  EXPECT_FALSE(expire_results(database, "one", start + 1s));
  EXPECT_EQ(clips.clips("one").size(), 1U);
}

}  // namespace
}  // namespace reelwright::database
