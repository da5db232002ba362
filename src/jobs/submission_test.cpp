#include "jobs/submission.h"

#include <thread>

#include "core/ids.h"
#include "jobs/inputs.h"
#include "jobs/test_service.h"
#include "storage/keys.h"

namespace reelwright::jobs {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using std::chrono_literals::operator""s;
using std::string_literals::operator""s;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string mp4 =
    "\0\0\0\x20"
    "ftypisom and more"s;

class Submitting : public ServiceTest {
 protected:
  using ServiceTest::ServiceTest;

  std::size_t incoming() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder / "store/incoming"), fs::directory_iterator()));
  }

  void complete(const std::string& id) { jobs.complete(claim(id), start + 10s); }

  /// As a worker leaves the workspace of a job.
  void work(const std::string& id) {
    write(folder / "store/processing" / id / "transcript~abc.json", "words");
    write(folder / "store/processing" / id / ".lock", "");
  }

  Submissions submissions{database, storage, config};
};

TEST_F(Submitting, MakesFilesAndRows) {
  Submission asked = submission(mp4);
  asked.transcript = received("1\n00:00 --> 00:01\nHi");
  asked.settings = R"({"num_clips":3})";
  asked.priority = 7;
  asked.webhook_url = "https://example.com/hook";
  asked.batch_id = "batch";
  asked.num_clips_requested = 3;
  asked.aspect_ratio = "1:1";
  const std::string id = submissions.submit(asked, start);
  ASSERT_TRUE(core::is_uuid(id));

  EXPECT_THAT(keys(), ElementsAre("uploads/" + id + ".mp4", "uploads/" + id + ".transcript"));
  EXPECT_EQ(stored("uploads/" + id + ".mp4"), mp4);
  EXPECT_EQ(incoming(), 0U);
  const database::Job made = job(id);
  EXPECT_EQ(made.status, database::JobStatus::queued);
  EXPECT_EQ(made.kind, "clips");
  EXPECT_EQ(made.user_id, user);
  EXPECT_EQ(made.settings, asked.settings);
  EXPECT_EQ(inputs_from(made.inputs).keys.at("source"), "uploads/" + id + ".mp4");
  EXPECT_EQ(inputs_from(made.inputs).keys.at("transcript"), "uploads/" + id + ".transcript");
  EXPECT_EQ(made.priority, 7);
  EXPECT_EQ(made.most_attempts, 3);
  EXPECT_EQ(made.original_filename, "my talk.mp4");
  EXPECT_EQ(made.webhook_url, asked.webhook_url);
  EXPECT_EQ(made.batch_id, asked.batch_id);
  EXPECT_EQ(made.request_id, "r1");
  EXPECT_EQ(made.source_digest, core::sha256(mp4));
  EXPECT_EQ(made.source_bytes, static_cast<std::int64_t>(mp4.size() + asked.transcript->bytes));
  const auto clips = database::ClipTable(database).find(id).value();
  EXPECT_EQ(clips.input_filename, "uploads/" + id + ".mp4");
  EXPECT_EQ(clips.num_clips_requested, 3);
  EXPECT_EQ(clips.aspect_ratio, "1:1");
}

TEST_F(Submitting, AUrlIsFetchedLater) {
  const std::string id = submissions.submit(
      {.user_id = user, .source_url = "https://example.com/a.mp4", .original_filename = "a.mp4"}, start);
  EXPECT_EQ(inputs_from(job(id).inputs), (Inputs{.keys = {}, .url = "https://example.com/a.mp4"}));
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(Submitting, TheUsersNameIsOnlyShown) {
  Submission asked = submission("what is this");
  asked.original_filename = "../../etc/pass\nwd" + std::string(400, 'x');
  const std::string id = submissions.submit(asked, start);
  EXPECT_THAT(keys(), ElementsAre("uploads/" + id + ".bin"));
  EXPECT_FALSE(job(id).original_filename.contains('\n'));
  EXPECT_LE(job(id).original_filename.size(), 260U);
}

TEST_F(Submitting, WhatFailsLeavesNothing) {
  Submission asked = submission(mp4);
  asked.user_id = "nobody";  // whom the database does not know
  EXPECT_TRUE(code_of([&] { submissions.submit(asked, start); }));
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_EQ(incoming(), 1U) << "what was received stays the caller's";
  asked.source->file = folder / "none";
  EXPECT_EQ(code_of([&] { submissions.submit(asked, start); }), ErrorCode::not_found);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(Submitting, ARerunHasItsOwnFilesOfTheSameBytes) {
  Submission asked = submission(mp4);
  asked.transcript = received("words");
  asked.webhook_url = "https://example.com/hook";
  const std::string first = submissions.submit(asked, start);
  work(first);
  complete(first);
  const Submission as{.user_id = user, .request_id = "r2"};
  const std::string second =
      submissions.resubmit(first, {.settings = R"({"other":1})", .num_clips_requested = 2}, as, start);
  EXPECT_NE(first, second);
  EXPECT_EQ(fs::hard_link_count(folder / ("store/uploads/" + first + ".mp4")), 2U);
  EXPECT_EQ(stored("processing/" + second + "/transcript~abc.json"), "words");
  submissions.remove(first, {}, start);
  EXPECT_THAT(keys(), ElementsAre("processing/" + second + "/transcript~abc.json",
                                  "uploads/" + second + ".mp4", "uploads/" + second + ".transcript"));
  const database::Job made = job(second);
  EXPECT_EQ(made.settings, R"({"other":1})");
  EXPECT_EQ(made.num_clips_requested, 2);
  EXPECT_EQ(made.aspect_ratio, "9:16");
  EXPECT_EQ(made.original_filename, "my talk.mp4");
  EXPECT_EQ(made.webhook_url, "https://example.com/hook");
  EXPECT_EQ(made.request_id, "r2");
  EXPECT_EQ(made.source_digest, core::sha256(mp4));
  EXPECT_EQ(made.status, database::JobStatus::queued);
}

TEST_F(Submitting, ARerunMayHaveAnotherTranscript) {
  Submission asked = submission(mp4);
  asked.transcript = received("old");
  const std::string first = submissions.submit(asked, start);
  const std::string second =
      submissions.resubmit(first, {.transcript = received("new")}, {.user_id = user}, start);
  EXPECT_EQ(stored("uploads/" + first + ".transcript"), "old");
  EXPECT_EQ(stored("uploads/" + second + ".transcript"), "new");
}

TEST_F(Submitting, WithoutItsSourceThereIsNoRerun) {
  EXPECT_EQ(code_of([&] { submissions.resubmit("none", {}, {.user_id = user}, start); }),
            ErrorCode::not_found);
  const std::string id = submissions.submit(submission(mp4), start);
  storage.remove("uploads/" + id + ".mp4");
  EXPECT_EQ(code_of([&] { submissions.resubmit(id, {}, {.user_id = user}, start); }), ErrorCode::conflict);
  EXPECT_EQ(code_of([&] { submissions.revise(id, {}, start); }), ErrorCode::conflict);
  const std::string fetched =
      submissions.submit({.user_id = user, .source_url = "https://example.com/a"}, start);
  const std::string again = submissions.resubmit(fetched, {}, {.user_id = user}, start);
  EXPECT_EQ(inputs_from(job(again).inputs).url, "https://example.com/a") << "it can be fetched again";
}

TEST_F(Submitting, AFailedRerunLeavesNothing) {
  const std::string first = submissions.submit(submission(mp4), start);
  work(first);
  EXPECT_TRUE(code_of([&] { submissions.resubmit(first, {}, {.user_id = "nobody"}, start); }));
  EXPECT_THAT(keys(),
              ElementsAre("processing/" + first + "/transcript~abc.json", "uploads/" + first + ".mp4"));
  EXPECT_THAT(storage.children("processing/"), ElementsAre(first + "/"));
}

TEST_F(Submitting, ARevisionIsTheSameJobOnceMore) {
  const std::string id = submissions.submit(submission(mp4), start);
  complete(id);
  submissions.revise(
      id, {.settings = R"({"other":1})", .transcript = received("corrected"), .aspect_ratio = "1:1"},
      start + 20s);
  const database::Job revised = job(id);
  EXPECT_EQ(revised.status, database::JobStatus::queued);
  EXPECT_EQ(revised.settings, R"({"other":1})");
  EXPECT_EQ(revised.aspect_ratio, "1:1");
  const std::string first = inputs_from(revised.inputs).keys.at("transcript");
  EXPECT_EQ(stored(first), "corrected");
  submissions.revise(id, {.transcript = received("twice")}, start + 30s);
  const std::string second = inputs_from(job(id).inputs).keys.at("transcript");
  EXPECT_EQ(stored(second), "twice");
  EXPECT_THAT(keys(), ElementsAre("uploads/" + id + ".mp4", second)) << "the one before is gone";
  EXPECT_EQ(job(id).settings, R"({"other":1})");
}

TEST_F(Submitting, AJobThatRunsIsNotRevised) {
  Submission asked = submission(mp4);
  asked.transcript = received("old");
  const std::string id = submissions.submit(asked, start);
  claim(id);
  EXPECT_EQ(code_of([&] { submissions.revise(id, {.transcript = received("new")}, start); }),
            ErrorCode::conflict);
  EXPECT_EQ(stored(inputs_from(job(id).inputs).keys.at("transcript")), "old");
  EXPECT_EQ(keys().size(), 2U);
}

TEST_F(Submitting, RemovingTakesRowsAndFilesAndIsNoted) {
  Submission asked = submission(mp4);
  asked.transcript = received("words");
  const std::string id = submissions.submit(asked, start);
  const std::string other = submissions.submit(submission(mp4), start);
  work(id);
  storage.put("results/clips/" + id + "/clip_01.mp4", write(folder / "clip", "clip"));
  database::AuditEntry who{};
  who.user_id = user;
  who.key_id = "key";
  EXPECT_TRUE(submissions.remove(id, who, start + 5s));
  EXPECT_THAT(keys(), ElementsAre("uploads/" + other + ".mp4"));
  EXPECT_FALSE(fs::exists(folder / "store/processing" / id));
  EXPECT_FALSE(jobs.find(id));
  const auto log = database::AuditTable(database).list(0, 10);
  ASSERT_EQ(log.size(), 1U);
  EXPECT_EQ(log[0].action, "job.deleted");
  EXPECT_EQ(log[0].subject, id);
  EXPECT_EQ(log[0].user_id, user);
  EXPECT_EQ(log[0].at, start + 5s);
  EXPECT_FALSE(submissions.remove(id, {}, start));
  EXPECT_EQ(database::AuditTable(database).list(0, 10).size(), 1U);
}

class Limited : public Submitting {
 protected:
  Limited() : Submitting({{"QUOTA_JOBS_PER_DAY", "2"}, {"QUOTA_STORAGE_MB", "3"}, {"MAX_UPLOAD_MB", "5"}}) {}
};

TEST_F(Limited, ADayHasSoManyJobs) {
  submissions.submit(submission(mp4), start);
  submissions.submit(submission(mp4), start);
  EXPECT_EQ(code_of([&] { submissions.submit(submission(mp4), start); }), ErrorCode::over_budget);
  EXPECT_EQ(keys().size(), 2U);
  EXPECT_EQ(code_of([&] { submissions.submit(submission(mp4), start + std::chrono::days(1)); }),
            std::nullopt);
}

TEST_F(Limited, OfManyAtOnceNoMoreGetThroughThanMay) {
  std::atomic<int> made = 0;
  {
    std::vector<std::jthread> users;
    for (int i = 0; i < 6; ++i)
      users.emplace_back([&, asked = submission(mp4)] {
        if (!code_of([&] { submissions.submit(asked, start); })) ++made;
      });
  }
  EXPECT_EQ(made, 2);
  EXPECT_EQ(keys().size(), 2U);
}

TEST_F(Limited, AUsersOwnFigureGoesBeforeTheSettings) {
  database::UserTable(database).set_quotas(user, {.jobs_per_day = 0, .storage_mb = 0});
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(code_of([&] { submissions.submit(submission(mp4), start); }), std::nullopt);
}

TEST_F(Limited, AUserHasSoMuchRoom) {
  const std::string two_mib(2 << 20, 'x');
  const std::string id = submissions.submit(submission(two_mib), start);
  EXPECT_EQ(code_of([&] { submissions.submit(submission(two_mib), start); }), ErrorCode::over_budget);
  EXPECT_EQ(code_of([&] { submissions.check_quotas(user, 1 << 20, start); }), std::nullopt);
  submissions.remove(id, {}, start);
  EXPECT_EQ(code_of([&] { submissions.check_quotas(user, 3 << 20, start); }), std::nullopt);
}

TEST_F(Limited, WhatAResumableUploadBroughtIsCountedOnce) {
  Submission asked = submission(std::string(2 << 20, 'x'));
  database::UserTable(database).set_quotas(user, {.storage_mb = 1});
  EXPECT_EQ(code_of([&] { submissions.submit(asked, start); }), ErrorCode::over_budget);
  asked.source->counted = true;
  EXPECT_EQ(code_of([&] { submissions.submit(asked, start); }), std::nullopt);
}

TEST_F(Limited, ARecordingHasALargestSize) {
  EXPECT_EQ(code_of([&] { submissions.check_room(5 << 20); }), std::nullopt);
  EXPECT_EQ(code_of([&] { submissions.check_room((5 << 20) + 1); }), ErrorCode::too_large);
}

class NoRoom : public Submitting {
 protected:
  NoRoom() : Submitting({{"MIN_FREE_MB", "1048576"}}) {}
};

TEST_F(NoRoom, IsSaidBeforeTheFirstByte) {
  EXPECT_EQ(code_of([&] { submissions.check_room(1); }), ErrorCode::storage_full);
  EXPECT_EQ(
      code_of([&] { submissions.submit({.user_id = user, .source_url = "https://example.com/a"}, start); }),
      ErrorCode::storage_full);
}

}  // namespace
}  // namespace reelwright::jobs
