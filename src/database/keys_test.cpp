#include "database/keys.h"

#include "database/test_database.h"
#include "database/users.h"

namespace reelwright::database {
namespace {

using ::testing::MatchesRegex;

class KeyTableTest : public DatabaseTest {
 protected:
  MadeKey make(std::optional<Moment> expires_at = std::nullopt) {
    return keys.create({.user_id = "ada", .name = "laptop", .expires_at = expires_at}, start);
  }

  /// Whether the service would let a token in.
  bool opens(const std::string& token, Moment now) {
    const std::string id = value("SELECT id FROM api_keys WHERE hash = '" + token_hash(token) + "'");
    const auto key = keys.find(id);
    return key && key->is_good(now);
  }

  KeyTable keys{database};
};

TEST_F(KeyTableTest, ATokenIsShownOnceAndKeptNowhere) {
  const MadeKey made = make();
  EXPECT_THAT(made.token, MatchesRegex("rw_[a-z2-9]{8}_[A-Za-z0-9_-]{43}"));
  EXPECT_EQ(made.token.substr(3, 8), made.key.id);
  EXPECT_EQ(
      value("SELECT COUNT(*) FROM api_keys WHERE hash LIKE '%' || '" + made.token.substr(12) + "' || '%'"),
      "0");
  EXPECT_EQ(value("SELECT hash FROM api_keys"), token_hash(made.token));
  EXPECT_NE(make().token, made.token);
}

TEST_F(KeyTableTest, WhatAKeyIsMadeFromIsKept) {
  const MadeKey made = make(start + 24h);
  const ApiKey key = keys.find(made.key.id).value();
  EXPECT_EQ(key.user_id, "ada");
  EXPECT_EQ(key.name, "laptop");
  EXPECT_EQ(key.scopes, (Scopes{.jobs = true, .admin = false}));
  EXPECT_EQ(key.created_at, start);
  EXPECT_EQ(key.expires_at, start + 24h);
  EXPECT_FALSE(key.revoked_at || key.last_used_at);
  EXPECT_FALSE(keys.find("unknown").has_value());
  EXPECT_EQ(refused([&] { keys.create({.user_id = "nobody"}, start); }), core::ErrorCode::not_found);
}

TEST_F(KeyTableTest, AKeyIsGoodUntilItIsRevokedOrOut) {
  const MadeKey made = make(start + 24h);
  EXPECT_TRUE(opens(made.token, start));
  EXPECT_FALSE(opens(made.token, start + 24h));
  EXPECT_TRUE(keys.any(start));
  EXPECT_FALSE(keys.any(start + 24h));
  EXPECT_TRUE(keys.revoke(made.key.id, start + 1h));
  EXPECT_FALSE(keys.revoke(made.key.id, start + 2h));
  EXPECT_EQ(keys.find(made.key.id)->revoked_at, start + 1h);
  EXPECT_FALSE(opens(made.token, start));
  EXPECT_FALSE(keys.any(start));
}

TEST_F(KeyTableTest, ARotatedKeyGoesOnForAWhile) {
  const MadeKey old = make(start + 240h);
  const MadeKey fresh = keys.rotate(old.key.id, start + 1h, start + 2h);
  EXPECT_NE(fresh.token, old.token);
  EXPECT_EQ(fresh.key.name, "laptop");
  EXPECT_EQ(fresh.key.expires_at, start + 241h);
  EXPECT_TRUE(opens(old.token, start + 1h));
  EXPECT_FALSE(opens(old.token, start + 2h));
  EXPECT_TRUE(opens(fresh.token, start + 2h));
  EXPECT_EQ(refused([&] { keys.rotate(old.key.id, start + 3h, start + 4h); }), core::ErrorCode::not_found);
  const MadeKey brief = make(start + 1h);
  keys.rotate(brief.key.id, start, start + 24h);
  EXPECT_FALSE(opens(brief.token, start + 1h)) << "rotation gives no longer life";
}

TEST_F(KeyTableTest, ListsAreOfOneUserOrOfAll) {
  const User eve = UserTable(database).ensure("eve", start);
  make();
  keys.create({.user_id = eve.id}, start + 1s);
  EXPECT_EQ(keys.list("ada").size(), 1U);
  ASSERT_EQ(keys.list().size(), 2U);
  EXPECT_EQ(keys.list()[0].user_id, eve.id);
}

TEST_F(KeyTableTest, TheAdminKeyIsTheSettings) {
  const std::string first(24, 'a'), second(24, 'b');
  keys.set_admin_key(first, start);
  EXPECT_TRUE(opens(first, start));
  EXPECT_TRUE(keys.find("admin")->scopes.admin);
  keys.set_admin_key(first, start);
  keys.set_admin_key(second, start);
  EXPECT_FALSE(opens(first, start));
  EXPECT_TRUE(opens(second, start));
  EXPECT_EQ(refused([&] { keys.set_admin_key("short", start); }), core::ErrorCode::invalid_input);
  EXPECT_EQ(refused([&] { keys.rotate("admin", start, start); }), core::ErrorCode::not_found);
  keys.set_admin_key("", start);
  EXPECT_FALSE(keys.any(start));
}

TEST(Scopes, AreReadAsTheyAreWritten) {
  for (const char* text : {"jobs", "admin", "jobs,admin"}) EXPECT_EQ(text_of(scopes_from(text)), text);
  EXPECT_EQ(text_of(scopes_from("admin,jobs")), "jobs,admin");
  for (const char* text : {"", "job", "jobs,", ",jobs", "jobs admin"})
    EXPECT_EQ(refused([&] { scopes_from(text); }), core::ErrorCode::invalid_input) << text;
}

}  // namespace
}  // namespace reelwright::database
