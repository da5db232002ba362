#include "database/job_list.h"

#include <set>

#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class JobListTest : public JobsTest {
 protected:
  /// Four jobs, a second apart: "a" queued, "b" completed, "c" failed, "d" of another user and kind.
  JobListTest() {
    run("INSERT INTO users (id, name, created_at) VALUES ('eve', 'Eve', 0)");
    put("a", "ada", "clips", "Über alles.mp4");
    put("b", "ada", "clips", "100%_Talk.mp4");
    put("c", "ada", "clips", "talk.mov");
    put("d", "eve", "stories", "");
    EXPECT_TRUE(jobs.complete(take("b", start + 10s), start + 20s));
    EXPECT_TRUE(jobs.fail(take("c", start + 10s), error, start + 15s));
  }

  void put(const std::string& id, const std::string& user, const std::string& kind, const std::string& name) {
    NewJob job = new_job(id);
    job.user_id = user;
    job.kind = kind;
    job.original_filename = name;
    if (id <= "b") job.batch_id = "batch";
    jobs.insert(job, start + std::chrono::seconds(id[0] - 'a'));
  }

  std::vector<std::string> ids(const JobQuery& query) {
    std::vector<std::string> found;
    for (const Job& job : list_jobs(database, query).jobs) found.push_back(job.processing_id);
    return found;
  }

  /// The ids of all pages, which must be of `limit` jobs each but for the last.
  std::vector<std::string> all_pages(JobQuery query) {
    std::vector<std::string> found;
    while (true) {
      const JobPage page = list_jobs(database, query);
      for (const Job& job : page.jobs) found.push_back(job.processing_id);
      if (page.next_cursor.empty()) return found;
      EXPECT_EQ(page.jobs.size(), static_cast<std::size_t>(query.limit));
      query.cursor = page.next_cursor;
    }
  }
};

TEST_F(JobListTest, TheNewestComesFirst) {
  EXPECT_THAT(ids({}), ElementsAre("d", "c", "b", "a"));
  EXPECT_THAT(ids({.descending = false}), ElementsAre("a", "b", "c", "d"));
}

TEST_F(JobListTest, FiltersMayMeet) {
  EXPECT_THAT(ids({.user_id = "ada"}), ElementsAre("c", "b", "a"));
  EXPECT_THAT(ids({.statuses = {JobStatus::completed, JobStatus::failed}}), ElementsAre("c", "b"));
  EXPECT_THAT(ids({.kinds = {"stories"}}), ElementsAre("d"));
  EXPECT_THAT(ids({.batch_id = "batch"}), ElementsAre("b", "a"));
  EXPECT_THAT(ids({.created_from = start + 1s, .created_to = start + 3s}), ElementsAre("c", "b"));
  EXPECT_THAT(ids({.user_id = "ada", .statuses = {JobStatus::queued}, .kinds = {"clips", "stories"}}),
              ElementsAre("a"));
  EXPECT_THAT(ids({.user_id = "nobody"}), IsEmpty());
}

TEST_F(JobListTest, SearchTakesWordsAsTheyAre) {
  EXPECT_THAT(ids({.search = "TALK"}), ElementsAre("c", "b"));
  EXPECT_THAT(ids({.search = "100%_t"}), ElementsAre("b"));
  EXPECT_THAT(ids({.search = "%"}), ElementsAre("b"));
  EXPECT_THAT(ids({.search = "Über"}), ElementsAre("a"));
  EXPECT_THAT(ids({.search = "'; DROP TABLE jobs; --"}), IsEmpty());
}

TEST_F(JobListTest, EveryOrderHasItsPages) {
  const auto sorted = [&](JobOrder order, bool descending) {
    const std::vector<std::string> whole = ids({.order = order, .descending = descending});
    for (int limit = 1; limit <= 4; ++limit)
      EXPECT_EQ(all_pages({.order = order, .descending = descending, .limit = limit}), whole);
    return whole;
  };
  EXPECT_THAT(sorted(JobOrder::created_at, true), ElementsAre("d", "c", "b", "a"));
  EXPECT_THAT(sorted(JobOrder::completed_at, false), ElementsAre("c", "b", "a", "d"));
  EXPECT_THAT(sorted(JobOrder::completed_at, true), ElementsAre("d", "a", "b", "c"));
  EXPECT_THAT(sorted(JobOrder::status, false), ElementsAre("b", "c", "a", "d"));
  EXPECT_THAT(sorted(JobOrder::original_filename, false), ElementsAre("d", "b", "c", "a"));
}

TEST_F(JobListTest, JobsThatComeMeanwhileShiftNoPage) {
  JobQuery query{.limit = 2};
  const JobPage first = list_jobs(database, query);
  put("e", "ada", "clips", "late.mp4");
  EXPECT_TRUE(jobs.remove("c", start));
  query.cursor = first.next_cursor;
  EXPECT_THAT(ids(query), ElementsAre("b", "a"));
}

TEST_F(JobListTest, JobsOfOneMomentAreParted) {
  std::set<std::string> expected;
  for (int i = 0; i < 7; ++i) expected.insert(add(0, start + 1h));
  const std::vector<std::string> found = all_pages({.created_from = start + 1h, .limit = 3});
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()), expected);
  EXPECT_EQ(found.size(), 7U);
}

TEST_F(JobListTest, AStrangeCursorIsRefused) {
  const std::string cursor = list_jobs(database, {.limit = 1}).next_cursor;
  for (const char* bad : {"x", "!!", "AAAA", "Y3JlYXRlZF9hdApm", "Y3JlYXRlZF9hdApmCm5vbmU"})
    EXPECT_EQ(refused([&] { list_jobs(database, {.cursor = bad}); }), core::ErrorCode::invalid_input) << bad;
  EXPECT_EQ(refused([&] { list_jobs(database, {.order = JobOrder::status, .cursor = cursor}); }),
            core::ErrorCode::invalid_input);
}

TEST_F(JobListTest, OrdersHaveNames) {
  EXPECT_EQ(order_named("created_at"), JobOrder::created_at);
  EXPECT_EQ(order_named("original_filename"), JobOrder::original_filename);
  EXPECT_FALSE(order_named("settings").has_value());
}

TEST_F(JobListTest, PagesByAgeReadTheirIndex) {
  const std::string of_user = plan(
      "SELECT processing_id FROM jobs WHERE user_id = 'ada' AND (created_at, processing_id) < (5, 'x') "
      "ORDER BY created_at DESC, processing_id DESC LIMIT 51");
  EXPECT_THAT(of_user, HasSubstr("jobs_of_users"));
  EXPECT_THAT(of_user, Not(HasSubstr("TEMP B-TREE")));
  const std::string of_all = plan(
      "SELECT processing_id FROM jobs WHERE (created_at, processing_id) < (5, 'x') "
      "ORDER BY created_at DESC, processing_id DESC LIMIT 51");
  EXPECT_THAT(of_all, HasSubstr("jobs_by_age"));
  EXPECT_THAT(of_all, Not(HasSubstr("TEMP B-TREE")));
}

}  // namespace
}  // namespace reelwright::database
