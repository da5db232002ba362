#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <latch>
#include <thread>

#include "database/test_database.h"

namespace reelwright::database {
namespace {

using core::ErrorCode;

constexpr int cannot_try = 77;  ///< the machine does not allow what the test needs
constexpr unsigned nobody = 65534;

/// Runs `work` in a process of its own and returns its exit code.
int in_another_process(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The exit code of a process that says what it was refused: 100 and the code, 0 where it was not.
int refusal(const std::function<void()>& work) {
  try {
    work();
    return 0;
  } catch (const core::Error& error) {
    return 100 + static_cast<int>(error.code());
  }
}

int exit_code_of(ErrorCode code) { return 100 + static_cast<int>(code); }

class DatabaseFaults : public DatabaseTest {
 protected:
  /// Holds the write lock, as another program may, until the function that it returns is called.
  std::function<void()> lock() {
    auto other = std::make_shared<Database>(url, 1);
    auto lease = std::make_shared<Lease>(other->state());
    lease->session() << "BEGIN IMMEDIATE";
    return [other, lease] { lease->session() << "ROLLBACK"; };
  }

  Database impatient{url, 1, 100ms};
};

TEST_F(DatabaseFaults, ALockIsWaitedFor) {
  const auto unlock = lock();
  std::latch begun(1);
  std::jthread writer([&] {
    begun.count_down();
    EXPECT_NO_THROW(database.check());
  });
  begun.wait();
  unlock();
}

TEST_F(DatabaseFaults, ALockThatLastsIsSaid) {
  const auto unlock = lock();
  EXPECT_EQ(refused([&] { impatient.check(); }), ErrorCode::unavailable);
  EXPECT_FALSE(JobTable(impatient).find("one").has_value()) << "reading goes on";
  unlock();
  EXPECT_NO_THROW(impatient.check());
}

TEST_F(DatabaseFaults, AFileThatIsAwayForAWhileIsWaitedFor) {
  const std::filesystem::path file = folder / "reelwright.db", away = folder / "away.db";
  std::filesystem::rename(file, away);
  EXPECT_EQ(refused([&] { impatient.check(); }), ErrorCode::unavailable);
  std::jthread writer([&] { EXPECT_NO_THROW(database.check()); });
  std::filesystem::rename(away, file);
  writer.join();
  EXPECT_NO_THROW(impatient.check());
}

TEST_F(DatabaseFaults, AnotherFileInItsPlaceIsNotTakenForIt) {
  std::filesystem::remove(folder / "reelwright.db");
  Database(url, 1).migrate();
  JobTable jobs(impatient);
  EXPECT_EQ(refused([&] { jobs.insert(new_job("one"), start); }), ErrorCode::unavailable);
}

TEST_F(DatabaseFaults, ABusyPoolIsWaitedForAndThenSaid) {
  Lease only(impatient.state());
  EXPECT_EQ(refused([&] { impatient.check(); }), ErrorCode::unavailable);
}

TEST_F(DatabaseFaults, AFileThatIsBrokenIsSaid) {
  const std::filesystem::path broken = folder / "broken.db";
  std::ofstream(broken) << std::string(20'000, 'x');
  EXPECT_EQ(refused([&] { Database("sqlite:///" + broken.string()).migrate(); }), ErrorCode::unavailable);
}

TEST_F(DatabaseFaults, AReadOnlyFileIsSaidWhenItIsWritten) {
  const int code = in_another_process([&] {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      ::chmod(entry.path().c_str(), 0444);
    ::chmod(folder.path().c_str(), 0555);
    // The administrator may write everywhere.
    if (::getuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0))
      return cannot_try;
    return refusal([&] { Database(url, 1, 100ms).check(); });
  });
  ::chmod(folder.path().c_str(), 0755);
  if (code == cannot_try) GTEST_SKIP() << "no other user can be taken on here";
  EXPECT_EQ(code, exit_code_of(ErrorCode::unavailable));
}

/// A disk of 1 MiB, which only this process sees.
bool mount_small_disk(const std::filesystem::path& at) {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  return ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=1m") == 0;
}

TEST_F(DatabaseFaults, AFullDiskIsSaidAndNothingIsLost) {
  const std::filesystem::path disk = folder / "disk";
  std::filesystem::create_directory(disk);
  const int code = in_another_process([&] {
    if (!mount_small_disk(disk)) return cannot_try;
    Database small("sqlite:///" + (disk / "small.db").string(), 2, 100ms);
    small.migrate();
    writing(small, [](soci::session& sql) {
      sql << "INSERT INTO users (id, name, created_at) VALUES ('ada', 'Ada', 0)";
    });
    JobTable jobs(small);
    int made = 0;
    const int full = refusal([&] {
      for (; made < 10'000; ++made) {
        NewJob job = new_job(std::to_string(made));
        job.settings = std::string(10'000, ' ');
        jobs.insert(job, start);
      }
    });
    if (made == 0 || !jobs.find(std::to_string(made - 1)) || jobs.find(std::to_string(made))) return 1;
    return full;
  });
  if (code == cannot_try) GTEST_SKIP() << "no disk can be mounted here";
  EXPECT_EQ(code, exit_code_of(ErrorCode::storage_full));
}

TEST(DatabaseProcesses, ThatMigrateAtOnceAllSucceed) {
  const testing::TemporaryFolder folder;
  const std::string url = "sqlite:///" + (folder / "new.db").string();
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(refusal([&] { Database(url, 1).migrate(); }));
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_NO_THROW(Database(url).check());
}

TEST_F(DatabaseFaults, WhatIsCommittedSurvivesTheEndOfItsProcess) {
  const int code = in_another_process([&] {
    Database own(url, 1);
    JobTable(own).insert(new_job("one"), start);
    JobTable(own).claim("one", "worker", start, start + 30s);
    ::kill(::getpid(), SIGKILL);
    return 0;
  });
  EXPECT_EQ(code, -1);
  EXPECT_EQ(JobTable(database).find("one")->status, JobStatus::processing);
}

}  // namespace
}  // namespace reelwright::database
