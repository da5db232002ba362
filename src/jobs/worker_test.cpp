#include "jobs/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/files.h"
#include "core/ids.h"
#include "core/log.h"
#include "database/changes.h"
#include "database/clips.h"
#include "database/users.h"
#include "jobs/database_queue.h"
#include "storage/keys.h"
#include "storage/local_storage.h"
#include "support/media_fixture.h"
#include "support/scripted_pipeline.h"

namespace reelwright::jobs {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using database::JobStatus;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WorkerTest : public ::testing::Test {
 protected:
  WorkerTest() {
    core::log::configure(core::log::Level::error, core::log::Format::pretty);
    options.program = {.file = JOB_CHILD, .arguments = {"job_child"}};
    options.lease = {.length = 5s, .renew_every = 200ms, .try_again = 100ms};
    options.retry = {.first = 50ms, .longest = 200ms};
    options.look_every = 50ms;
    options.grace = 0s;
    any_ = changes.subscribe([this](const database::Change&) {
      const std::lock_guard lock(mutex_);
      ++moves_;
      moved_.notify_all();
    });
  }

  std::string add(const std::string& settings) {
    const std::string id = core::make_uuid();
    clips.insert({.processing_id = id, .kind = "scripted", .user_id = user, .settings = settings},
                 {"uploads/x.mp4", "x.mp4", 1, "9:16"}, core::now());
    changes.notify();
    return id;
  }

  Worker& start() {
    worker_.emplace(Workshop{database, storage, changes, queue, pipelines, collect, vendors}, options);
    worker_->start();
    return *worker_;
  }

  database::Job job(const std::string& id) { return jobs.find(id).value(); }

  /// Waits until `met` holds of the job.
  template <typename Condition>
  database::Job wait_until(const std::string& id, Condition met) {
    const auto give_up = std::chrono::steady_clock::now() + 60s;
    for (;;) {
      std::unique_lock lock(mutex_);
      const int before = moves_;
      lock.unlock();
      const database::Job now = job(id);
      if (met(now)) return now;
      lock.lock();
      if (!moved_.wait_until(lock, give_up, [&] { return moves_ != before; })) {
        ADD_FAILURE() << "waited in vain: " << database::name(now.status) << ' ' << now.stage;
        return now;
      }
    }
  }

  database::Job wait_for_end(const std::string& id) {
    return wait_until(id, [](const database::Job& now) { return now.ended(); });
  }

  database::Job wait_for_stage(const std::string& id, const std::string& stage) {
    return wait_until(id, [&](const database::Job& now) { return now.stage == stage; });
  }

  std::vector<std::string> stored(const std::string& id) {
    std::vector<std::string> names = storage.children(storage::results_prefix("results/scripted", id));
    return names;
  }

  std::vector<std::string> published(const std::string& id) { return pipeline.files(database, id); }

  fs::path workspace(const std::string& id) {
    return storage.local_folder(storage::workspace_prefix(id)).value();
  }

  testing::TemporaryFolder folder;
  const fs::path database_file = folder / "jobs.db";
  database::Database database = [this] {
    database::Database("sqlite:///" + database_file.string()).migrate();
    return database::Database("sqlite:///" + database_file.string(), 8);
  }();
  database::JobTable jobs{database};
  database::ClipTable clips{database};
  const std::string user = database::UserTable(database).ensure("ada", core::now()).id;
  storage::LocalStorage storage{folder / "storage"};
  net::Vendors vendors;
  Changes changes{database};
  DatabaseQueue queue{database, changes, {"scripted"}};
  const testing::ScriptedPipeline pipeline;
  const Pipelines pipelines{&pipeline};
  Collect collect = [](const auto&, const auto&, const auto&) { return std::map<std::string, fs::path>(); };
  WorkerOptions options;

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  int moves_ = 0;
  Changes::Subscription any_;
  std::optional<Worker> worker_;
};

TEST_F(WorkerTest, AJobIsDoneAndAllOfItWrittenDown) {
  const std::string id =
      add("source 12.5 mov\nprogress first 0.5\nartifact words.json hello\nwarn no_speech Nobody speaks.\n"
          "result 1 one.mp4 first clip\nresult 2 two.mp4 second clip\nprogress last 0.9");
  start();
  const database::Job done = wait_for_end(id);
  EXPECT_EQ(done.status, JobStatus::completed);
  EXPECT_EQ(done.progress_percentage, 100);
  EXPECT_EQ(done.source_seconds, 12.5);
  EXPECT_EQ(done.source_container, "mov");
  EXPECT_THAT(done.warnings, HasSubstr("Nobody speaks."));
  EXPECT_FALSE(done.lease_owner.has_value());
  EXPECT_GT(done.workspace_bytes, 0);
  EXPECT_GT(done.result_bytes, 0);
  EXPECT_THAT(published(id), ElementsAre("one.mp4", "two.mp4"));
  EXPECT_THAT(stored(id), ElementsAre("one.mp4", "two.mp4"));
  const database::StageCost stage = jobs.stages(id).at(0);
  EXPECT_EQ(stage.stage, "words.json");
  EXPECT_EQ(stage.seconds, 0.5);
  EXPECT_EQ(stage.peak_mib, 10);
}

TEST_F(WorkerTest, AResultCanBeFetchedWhileTheNextIsMade) {
  const std::string id = add("result 1 one.mp4 first clip\nprogress second 0.5\nsleep 60");
  start();
  const auto running = wait_for_stage(id, "second");
  EXPECT_EQ(running.status, JobStatus::processing);
  EXPECT_THAT(stored(id), ElementsAre("one.mp4"));
}

TEST_F(WorkerTest, ManyJobsRunEachOnce) {
  options.concurrency = 4;
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(add("result 1 one.mp4 clip"));
  start();
  for (const std::string& id : ids) {
    EXPECT_EQ(wait_for_end(id).status, JobStatus::completed);
    EXPECT_EQ(job(id).attempt, 1);
  }
}

TEST_F(WorkerTest, WhatTheUserGaveIsNotTriedAgain) {
  const std::string id = add("progress probe 0.1\nfail unsupported_media It is broken.");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::failed);
  EXPECT_THAT(jobs.errors(id),
              ElementsAre(database::JobError{"unsupported_media", "It is broken.", "probe", false}));
}

TEST_F(WorkerTest, ACrashIsTriedAgainFromWhereItHappened) {
  const std::string id = add("artifact words.json hello\nprogress render 0.5\nonce mark\nsegfault");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::completed);
  EXPECT_EQ(job(id).attempt, 2);
  EXPECT_EQ(jobs.errors(id).at(0).code, "internal");
  EXPECT_EQ(jobs.errors(id).at(0).stage, "render");
  EXPECT_FALSE(jobs.stages(id).at(0).reused);
  EXPECT_TRUE(jobs.stages(id).at(1).reused);
}

TEST_F(WorkerTest, AJobThatAlwaysCrashesEnds) {
  const std::string id = add("abort");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::failed);
  EXPECT_TRUE(job(id).dead);
  EXPECT_EQ(jobs.errors(id).size(), 3U);
}

TEST_F(WorkerTest, ALimitIsAFailureAtOnce) {
  options.limits.time = 200ms;
  const std::string id = add("loop");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::failed);
  EXPECT_EQ(jobs.errors(id).at(0).code, "timeout");
  EXPECT_EQ(jobs.errors(id).size(), 1U);
}

TEST_F(WorkerTest, ARecordingThatIsTooLongIsRefused) {
  options.longest_source = 60s;
  const std::string id = add("source 61 mov\nsleep 60");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::failed);
  EXPECT_EQ(jobs.errors(id).at(0).code, "too_large");
}

TEST_F(WorkerTest, AResultThatIsNotThereIsRefused) {
  const std::string id = add("phantom missing.mp4\nsleep 60");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::failed);
  EXPECT_EQ(jobs.errors(id).at(0).code, "internal");
  EXPECT_THAT(stored(id), IsEmpty());
}

TEST_F(WorkerTest, ACancelledJobStopsWithinASecond) {
  const std::string id = add("result 1 one.mp4 clip\nprogress render 0.5\nloop");
  start();
  wait_for_stage(id, "render");
  const auto before = std::chrono::steady_clock::now();
  jobs.cancel(id, core::now());
  EXPECT_EQ(wait_for_end(id).status, JobStatus::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);  // one, and what a busy machine takes
}

TEST_F(WorkerTest, ARemovedJobLeavesNothing) {
  const std::string id = add("result 1 one.mp4 clip\nprogress render 0.5\nsleep 60");
  Worker& worker = start();
  wait_for_stage(id, "render");
  jobs.remove(id, core::now());
  changes.notify();
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  while (worker.running() > 0 && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(10ms);
  EXPECT_THAT(stored(id), IsEmpty());
  EXPECT_FALSE(fs::exists(workspace(id)));
}

TEST_F(WorkerTest, ATakenOverJobIsLeftToTheOther) {
  const std::string id = add("progress render 0.5\nsleep 60");
  Worker& worker = start();
  wait_for_stage(id, "render");
  const auto other = jobs.claim(id, "another", core::now() + 1min, core::now() + 2min);
  ASSERT_TRUE(other.has_value());
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  while (worker.running() > 0 && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(10ms);
  EXPECT_EQ(worker.running(), 0);
  EXPECT_EQ(job(id).status, JobStatus::processing);
  EXPECT_TRUE(jobs.complete(*other, core::now()));
}

TEST_F(WorkerTest, AStopWaitsForWhatRuns) {
  options.grace = 60s;
  const std::string id = add("progress render 0.5\nsleep 0.5");
  const std::string waiting = add("sleep 0");
  Worker& worker = start();
  wait_for_stage(id, "render");
  worker.stop();
  EXPECT_EQ(job(id).status, JobStatus::completed);
  EXPECT_EQ(job(waiting).status, JobStatus::queued);
}

TEST_F(WorkerTest, AfterTheGraceJobsAreHandedBack) {
  options.grace = 50ms;
  const std::string id = add("artifact words.json hello\nprogress render 0.5\nonce mark\nsleep 60");
  Worker& worker = start();
  wait_for_stage(id, "render");
  worker.stop();
  const database::Job handed_back = job(id);
  EXPECT_EQ(handed_back.status, JobStatus::queued);
  EXPECT_EQ(handed_back.failed_attempts, 0);
  EXPECT_THAT(jobs.errors(id), IsEmpty());
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::completed);
  EXPECT_TRUE(jobs.stages(id).back().reused);
}

TEST_F(WorkerTest, AnotherVersionReplacesWhatWasPublished) {
  const std::string id = add("result 1 one.mp4 first\nresult 2 two.mp4 second\nresult 3 three.mp4 third");
  start();
  wait_for_end(id);
  const std::int64_t before = job(id).revision;
  jobs.update_settings(id, {.settings = "result 1 other.mp4 first again\nresult 2 two.mp4 second"}, true,
                       core::now());
  changes.notify();
  wait_until(id, [&](const database::Job& now) { return now.ended() && now.revision > before + 1; });
  EXPECT_THAT(published(id), ElementsAre("other.mp4", "two.mp4"));
  EXPECT_THAT(stored(id), ElementsAre("other.mp4", "two.mp4"));
}

TEST_F(WorkerTest, WhatAnInterruptedAttemptLeftIsClearedAway) {
  const std::string id = add("result 1 one.mp4 clip");
  core::write_file(folder / "orphan", "of a worker that died before it published it");
  storage.put(storage::result_key("results/scripted", id, "orphan.mp4"), folder / "orphan");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::completed);
  EXPECT_THAT(stored(id), ElementsAre("one.mp4"));
}

TEST_F(WorkerTest, TheWorkGoesOnWhileTheDatabaseIsLocked) {
  options.lease.length = 60s;
  const std::string id = add("progress first 0.5\nsleep 0.2\nartifact words.json x\nresult 1 one.mp4 clip");
  start();
  wait_for_stage(id, "first");
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(database_file.c_str(), &other), SQLITE_OK);
  sqlite3_busy_timeout(other, 10'000);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto artifact = [&] {
    for (const auto& entry : fs::directory_iterator(workspace(id)))
      if (entry.path().filename().string().starts_with("one~")) return true;
    return false;
  };
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  while (!artifact() && std::chrono::steady_clock::now() < give_up) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(artifact());
  EXPECT_EQ(job(id).status, JobStatus::processing);
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_EQ(wait_for_end(id).status, JobStatus::completed);
  EXPECT_THAT(published(id), ElementsAre("one.mp4"));
  EXPECT_EQ(job(id).attempt, 1);
}

TEST_F(WorkerTest, InputsThatCannotBeHadFailTheJob) {
  collect = [](const auto&, const auto&, const auto&) -> std::map<std::string, fs::path> {
    throw core::Error(core::ErrorCode::not_found, "The recording is gone.");
  };
  const std::string id = add("sleep 60");
  start();
  EXPECT_EQ(wait_for_end(id).status, JobStatus::failed);
  EXPECT_EQ(jobs.errors(id).at(0).code, "not_found");
}

TEST_F(WorkerTest, FetchingIsTheFirstTenthOfTheJobAndCanBeCancelled) {
  collect = [](const auto&, const auto&, const core::Context& context) -> std::map<std::string, fs::path> {
    context.report(0.5);
    for (;;) {
      context.check();
      std::this_thread::sleep_for(5ms);
    }
  };
  const std::string id = add("sleep 60");
  start();
  EXPECT_EQ(wait_for_stage(id, "fetch").progress_percentage, 5);
  jobs.cancel(id, core::now());
  EXPECT_EQ(wait_for_end(id).status, JobStatus::cancelled);
}

}  // namespace
}  // namespace reelwright::jobs
