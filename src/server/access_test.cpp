#include "server/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/config.h"
#include "core/error.h"
#include "database/keys.h"
#include "database/users.h"
#include "server/background.h"
#include "support/media_fixture.h"

namespace reelwright::server {
namespace {

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() { database.migrate(); }

  AccessControl& control(std::map<std::string, std::string> settings = {}) {
    config = core::Config::load({.flags = std::move(settings),
                                 .folder = folder.path(),
                                 .environment = [](const char*) { return nullptr; }});
    access.emplace(config, database, reads, links, background, "local");
    return *access;
  }

  std::string make_key(database::Scopes scopes, std::optional<core::Moment> expires = {}) {
    const auto user = database::UserTable(database).ensure("me", core::now());
    return database::KeyTable(database)
        .create({.user_id = user.id, .name = "test", .scopes = scopes, .expires_at = expires}, core::now())
        .token;
  }

  Request request(std::vector<std::pair<std::string_view, std::string_view>> headers = {
                      {"Host", "127.0.0.1:8000"}}) {
    Request made;
    made.headers = std::move(headers);
    made.address = "127.0.0.1";
    made.target = "/api/jobs";
    return made;
  }

  /// The code of the refusal; nothing where the caller is let in.
  std::optional<core::ErrorCode> refused(Request asked, Access wanted = Access::jobs) {
    try {
      access->admit(asked, wanted);
    } catch (const core::Error& error) {
      return error.code();
    }
    return {};
  }

  reelwright::testing::TemporaryFolder folder;
  database::Database database{"sqlite:///" + (folder / "x.db").string()};
  database::HotReads reads{database};
  Background background;
  Links links{"secret", std::chrono::minutes(60)};
  core::Config config;
  std::optional<AccessControl> access;
};

TEST_F(AccessTest, WithoutKeysThisMachineIsLetIn) {
  auto asked = request();
  const Caller caller = control().admit(asked, Access::admin);
  EXPECT_EQ(caller.user_id, "local");
  EXPECT_TRUE(caller.admin);
}

TEST_F(AccessTest, WithoutKeysPagesOfStrangersAreNot) {
  control();
  EXPECT_EQ(refused(request({{"Host", "127.0.0.1"}, {"Origin", "https://evil.example"}})),
            core::ErrorCode::forbidden);
  EXPECT_EQ(refused(request({{"Host", "evil.example:8000"}})), core::ErrorCode::forbidden) << "DNS rebinding";
  EXPECT_EQ(refused(request({{"Host", "localhost:8000"}, {"Origin", "http://localhost:5173"}})),
            std::nullopt);
  EXPECT_EQ(refused(request({{"Host", "[::1]:8000"}})), std::nullopt);
  control({{"CORS_ORIGINS", "https://mine.example/, https://other.example"}});
  EXPECT_EQ(refused(request({{"Host", "127.0.0.1"}, {"Origin", "https://mine.example"}})), std::nullopt);
}

TEST_F(AccessTest, OnceThereIsAKeyItIsNeeded) {
  const std::string bearer = "Bearer " + make_key({.jobs = true, .admin = false});
  control();
  EXPECT_EQ(refused(request()), core::ErrorCode::unauthorised);
  EXPECT_EQ(refused(request({{"Authorization", bearer}})), std::nullopt);
  EXPECT_EQ(refused(request({{"X-API-Key", std::string_view(bearer).substr(7)}})), std::nullopt);
  EXPECT_EQ(refused(request({{"Authorization", bearer}}), Access::admin), core::ErrorCode::forbidden);
  EXPECT_EQ(refused(request({{"Authorization", bearer + "x"}})), core::ErrorCode::unauthorised);
  EXPECT_EQ(refused(request(), Access::open), std::nullopt);
}

TEST_F(AccessTest, AKeyThatIsOverOrRevokedIsNoKey) {
  const std::string old = "Bearer " + make_key({}, core::now() - std::chrono::seconds(1));
  const std::string good = "Bearer " + make_key({});
  control();
  EXPECT_EQ(refused(request({{"Authorization", old}})), core::ErrorCode::unauthorised);
  EXPECT_EQ(refused(request({{"Authorization", good}})), std::nullopt);
  database::KeyTable(database).revoke(good.substr(10, 8), core::now());
  EXPECT_EQ(refused(request({{"Authorization", good}})), core::ErrorCode::unauthorised);
}

TEST_F(AccessTest, ALinkOpensItsPathForReadingAlone) {
  make_key({});
  control();
  const std::string link = links.sign("/api/download/clips/x/a.mp4", core::now());
  Request asked = request({});
  asked.target = link;
  asked.query = parse_query(std::string_view(link).substr(link.find('?') + 1)).value();
  EXPECT_EQ(refused(asked, Access::link), std::nullopt);
  EXPECT_EQ(refused(asked, Access::jobs), core::ErrorCode::unauthorised);
  asked.method = Method::remove;
  EXPECT_EQ(refused(asked, Access::link), core::ErrorCode::unauthorised);
}

TEST_F(AccessTest, WhoAsksTooOftenIsToldWhenToComeBack) {
  control({{"RATE_LIMIT", "2"}});
  EXPECT_EQ(refused(request()), std::nullopt);
  EXPECT_EQ(refused(request()), std::nullopt);
  Request asked = request();
  EXPECT_THROW(access->admit(asked, Access::jobs), core::Error);
  EXPECT_THAT(asked.answer_headers, ::testing::Contains(::testing::Pair("Retry-After", "30")));
  EXPECT_THAT(asked.answer_headers, ::testing::Contains(::testing::Pair("RateLimit-Limit", "2")));
}

TEST_F(AccessTest, GuessingKeysIsSlowedDown) {
  make_key({});
  control({{"RATE_LIMIT", "2"}});
  const auto guess = [&] { return refused(request({{"Authorization", "Bearer rw_aaaaaaaa_guess"}})); };
  EXPECT_EQ(guess(), core::ErrorCode::unauthorised);
  EXPECT_EQ(guess(), core::ErrorCode::unauthorised);
  EXPECT_EQ(guess(), core::ErrorCode::rate_limited);
}

TEST(IsLoopback, KnowsThisMachinesNames) {
  for (const char* host : {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const char* host : {"0.0.0.0", "::", "192.168.1.2", "example.com", "localhost.example.com"})
    EXPECT_FALSE(is_loopback(host)) << host;
}

}  // namespace
}  // namespace reelwright::server
