#include "database/users.h"

#include <set>
#include <thread>

#include "core/encoding.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::StartsWith;

class UserTableTest : public DatabaseTest {
 protected:
  UserTable users{database};
};

TEST_F(UserTableTest, AUserIsMadeOnce) {
  const User eve = users.ensure("eve", start);
  EXPECT_EQ(users.ensure("eve", start + 1s), eve);
  EXPECT_EQ(users.find(eve.id), eve);
  EXPECT_EQ(users.find_by_name("eve"), eve);
  EXPECT_EQ(users.all().size(), 2U);
  EXPECT_FALSE(users.find("nobody").has_value());
  EXPECT_FALSE(users.find_by_name("nobody").has_value());
}

TEST_F(UserTableTest, OfManyWhoMakeTheSameUserAllGetTheSame) {
  std::mutex mutex;
  std::set<std::string> ids;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        const std::string id = users.ensure("eve", start).id;
        const std::scoped_lock lock(mutex);
        ids.insert(id);
      });
  }
  EXPECT_EQ(ids.size(), 1U);
}

TEST_F(UserTableTest, QuotasAreUnsetUntilTheyAreSet) {
  EXPECT_EQ(users.find("ada")->quotas, Quotas{});
  const Quotas quotas{.jobs_per_day = 5, .storage_mb = 0, .cost_per_month = 2.5};
  users.set_quotas("ada", quotas);
  EXPECT_EQ(users.find("ada")->quotas, quotas);
  users.set_quotas("ada", {});
  EXPECT_EQ(users.find("ada")->quotas, Quotas{});
  EXPECT_EQ(refused([&] { users.set_quotas("nobody", {}); }), core::ErrorCode::not_found);
}

TEST_F(UserTableTest, AWebhookSecretIsMadeWhenItIsFirstNeeded) {
  const WebhookSecrets secrets = users.webhook_secrets("ada", start);
  EXPECT_THAT(secrets.current, StartsWith("whsec_"));
  EXPECT_EQ(core::from_base64(secrets.current.substr(6))->size(), 32U);
  EXPECT_FALSE(secrets.previous.has_value());
  EXPECT_EQ(users.webhook_secrets("ada", start).current, secrets.current);
  EXPECT_NE(users.webhook_secrets(users.ensure("eve", start).id, start).current, secrets.current);
  EXPECT_EQ(refused([&] { users.webhook_secrets("nobody", start); }), core::ErrorCode::not_found);
}

TEST_F(UserTableTest, AReplacedSecretSignsForADay) {
  const std::string old = users.webhook_secrets("ada", start).current;
  const std::string fresh = users.rotate_webhook_secret("ada", start);
  EXPECT_NE(fresh, old);
  EXPECT_EQ(users.webhook_secrets("ada", start + 23h).current, fresh);
  EXPECT_EQ(users.webhook_secrets("ada", start + 23h).previous, old);
  EXPECT_FALSE(users.webhook_secrets("ada", start + 24h).previous.has_value());
  EXPECT_EQ(refused([&] { users.rotate_webhook_secret("nobody", start); }), core::ErrorCode::not_found);
}

TEST_F(UserTableTest, ASecretThatWasNeverUsedLeavesNoPreviousOne) {
  users.rotate_webhook_secret("ada", start);
  EXPECT_FALSE(users.webhook_secrets("ada", start).previous.has_value());
}

TEST_F(UserTableTest, LinksAreSignedWithOneSecret) {
  const std::string secret = users.link_secret(start);
  EXPECT_EQ(secret.size(), 32U);
  Database other(url, 1);
  EXPECT_EQ(UserTable(other).link_secret(start + 1h), secret);
}

}  // namespace
}  // namespace reelwright::database
