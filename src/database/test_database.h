#pragma once

// For the tests of this room.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "core/error.h"
#include "core/ids.h"
#include "database/jobs.h"
#include "database/session.h"
#include "database/values.h"
#include "support/media_fixture.h"

namespace reelwright::database {

using namespace std::chrono_literals;

constexpr Moment start{std::chrono::microseconds(1'800'000'000'000'000)};  ///< 2027-01-15 08:00:00

/// The code of the error that `work` throws.
template <typename Work>
core::ErrorCode refused(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was refused";
  return core::ErrorCode::internal;
}

/// An empty database with the user `ada`.
class DatabaseTest : public ::testing::Test {
 protected:
  DatabaseTest() {
    database.migrate();
    run("INSERT INTO users (id, name, created_at) VALUES ('ada', 'Ada', 0)");
  }

  void run(const std::string& statement) {
    writing(database, [&](soci::session& sql) { sql << statement; });
  }

  /// The first value that a query finds, as text; "NULL" for none.
  std::string value(const std::string& query) {
    std::optional<std::string> text;
    reading(database,
            [&](soci::session& sql) { sql << "SELECT CAST((" + query + ") AS TEXT)", soci::into(text); });
    return text.value_or("NULL");
  }

  /// How SQLite goes about a query, a line a step.
  std::string plan(const std::string& query) {
    std::string whole, line;
    int skipped = 0;
    reading(database, [&](soci::session& sql) {
      soci::statement read = (sql.prepare << "EXPLAIN QUERY PLAN " + query, soci::into(skipped),
                              soci::into(skipped), soci::into(skipped), soci::into(line));
      read.execute();
      while (read.fetch()) whole += line + "\n";
    });
    return whole;
  }

  static NewJob new_job(const std::string& id) {
    return {.processing_id = id, .kind = "clips", .user_id = "ada", .settings = "{}"};
  }

  testing::TemporaryFolder folder;
  const std::string url = "sqlite:///" + (folder / "reelwright.db").string();
  Database database{url};
};

/// With jobs in it.
class JobsTest : public DatabaseTest {
 protected:
  std::string add(int priority = 0, Moment at = start) {
    const std::string id = core::make_uuid();
    NewJob job = new_job(id);
    job.priority = priority;
    jobs.insert(job, at);
    return id;
  }

  Claim take(const std::string& id, Moment now = start) {
    const std::optional<Claim> claim = jobs.claim(id, "worker", now, now + 30s);
    EXPECT_TRUE(claim.has_value());
    return claim.value_or(Claim{});
  }

  std::optional<std::string> next(Moment now) { return jobs.next_due({}, now); }
  JobStatus status(const std::string& id) { return jobs.find(id).value().status; }
  std::int64_t revision(const std::string& id) { return jobs.find(id).value().revision; }

  JobTable jobs{database};
  const JobError error{"unsupported_media", "It is broken.", "probe", true};
};

}  // namespace reelwright::database
