#include "jobs/leases.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <future>

#include "core/ids.h"
#include "database/jobs.h"
#include "database/users.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;

class LeasesTest : public ::testing::Test {
 protected:
  LeasesTest() {
    database.migrate();
    jobs.insert({.processing_id = "one",
                 .kind = "clips",
                 .user_id = database::UserTable(database).ensure("ada", core::now()).id,
                 .settings = "{}"},
                core::now());
  }

  database::Claim take() {
    return jobs.claim("one", "worker", core::now(), core::now() + terms.length).value();
  }

  std::shared_ptr<Lease> hold(Leases& leases, const database::Claim& claim) {
    return leases.hold(claim, Lease::Clock::now(), [this] { lost.set_value(); });
  }

  bool was_lost(std::chrono::milliseconds within) {
    return lost_.wait_for(within) == std::future_status::ready;
  }

  testing::TemporaryFolder folder;
  const std::filesystem::path file = folder / "jobs.db";
  database::Database database{"sqlite:///" + file.string()};
  database::JobTable jobs{database};
  LeaseTerms terms{.length = 2s, .renew_every = 100ms, .try_again = 50ms};
  std::promise<void> lost;
  std::future<void> lost_ = lost.get_future();
};

TEST_F(LeasesTest, AHeldClaimIsRenewed) {
  const database::Claim claim = take();
  const auto before = jobs.find("one")->lease_until;
  Leases leases(database, terms);
  const auto lease = hold(leases, claim);
  EXPECT_FALSE(was_lost(3s));  // longer than it was claimed for
  EXPECT_TRUE(lease->good());
  EXPECT_GT(jobs.find("one")->lease_until, before);
}

TEST_F(LeasesTest, AClaimThatIsTakenOverIsLost) {
  Leases leases(database, terms);
  const auto lease = hold(leases, take());
  jobs.claim("one", "another", core::now() + 1h, core::now() + 2h);
  EXPECT_TRUE(was_lost(20s));
  EXPECT_FALSE(lease->good());
}

TEST_F(LeasesTest, AClaimOfARemovedJobIsLost) {
  Leases leases(database, terms);
  const auto lease = hold(leases, take());
  jobs.remove("one", core::now());
  EXPECT_TRUE(was_lost(20s));
}

TEST_F(LeasesTest, AReleasedLeaseIsLeftAlone) {
  const database::Claim claim = take();
  Leases leases(database, terms);
  hold(leases, claim).reset();
  const auto until = jobs.find("one")->lease_until;
  EXPECT_FALSE(was_lost(500ms));
  EXPECT_EQ(jobs.find("one")->lease_until, until);
}

TEST_F(LeasesTest, NobodyIsToldAfterItWasReleased) {
  Leases leases(database, terms);
  std::promise<void> told;
  std::promise<void> go_on;
  std::atomic<bool> through = false;
  auto lease = leases.hold(take(), Lease::Clock::now(), [&] {
    told.set_value();
    go_on.get_future().wait();
    through = true;
  });
  jobs.remove("one", core::now());
  told.get_future().wait();
  auto released = std::async(std::launch::async, [&] {
    lease.reset();
    return through.load();
  });
  EXPECT_EQ(released.wait_for(100ms), std::future_status::timeout);
  go_on.set_value();
  EXPECT_TRUE(released.get());
}

TEST_F(LeasesTest, WithoutADatabaseItIsGoodForItsLengthAndNoLonger) {
  const database::Claim claim = take();
  sqlite3* other = nullptr;  // another process that holds the one writer's place
  ASSERT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  Leases leases(database, terms);
  const auto lease = hold(leases, claim);
  EXPECT_TRUE(lease->good());
  EXPECT_TRUE(was_lost(40s));
  EXPECT_FALSE(lease->good());
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
}

}  // namespace
}  // namespace reelwright::jobs
