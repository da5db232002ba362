#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/key_list.h"
#include "cli/main.h"
#include "core/json.h"
#include "database/audit.h"
#include "database/hot_reads.h"
#include "support/media_fixture.h"

namespace reelwright::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

struct Result {
  int exit_code;
  std::string out;
  std::string error;
};

class KeysCommand : public ::testing::Test {
 protected:
  Result keys(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"reelwright", "keys"});
    arguments.insert(arguments.end(), {"--database-url", url});
    std::vector<char*> raw;
    for (std::string& argument : arguments) raw.push_back(argument.data());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int exit_code = run(static_cast<int>(raw.size()), raw.data());
    return {exit_code, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
  }

  KeyJson made(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    KeyJson key;
    EXPECT_FALSE(glz::read_json(key, keys(arguments).out));
    return key;
  }

  bool opens(const std::string& token) {
    database::Database database(url);
    const auto key = database::HotReads(database).key(database::token_hash(token));
    return key && key->is_good(core::now());
  }

  testing::TemporaryFolder folder;
  const std::string url = "sqlite:///" + (folder / "keys/reelwright.db").string();
};

TEST_F(KeysCommand, TheKeyAloneIsOnStandardOutput) {
  const Result result = keys({"create"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, MatchesRegex("rw_[a-z2-9]{8}_[A-Za-z0-9_-]{43}\n"));
  EXPECT_THAT(result.error, HasSubstr("user local, for jobs; it expires never"));
  EXPECT_TRUE(opens(result.out.substr(0, result.out.size() - 1)));
}

TEST_F(KeysCommand, AKeyHasWhatItWasGiven) {
  const KeyJson key =
      made({"create", "--user", "ada", "--name", "laptop", "--scopes", "jobs,admin", "--expires-days", "90",
            "--quota-jobs-per-day", "7", "--quota-cost-per-month", "2.5"});
  EXPECT_TRUE(opens(key.key.value()));
  EXPECT_EQ(key.user, "ada");
  EXPECT_EQ(key.name, "laptop");
  EXPECT_EQ(key.scopes, "jobs,admin");
  EXPECT_EQ(key.state, "good");
  EXPECT_TRUE(key.expires_at.has_value());
  database::Database database(url);
  database::UserTable users(database);
  EXPECT_EQ(users.find_by_name("ada")->quotas, (database::Quotas{.jobs_per_day = 7, .cost_per_month = 2.5}));
  made({"create", "--user", "ada", "--quota-jobs-per-day", "0"});
  EXPECT_EQ(users.find_by_name("ada")->quotas, (database::Quotas{.jobs_per_day = 0, .cost_per_month = 2.5}));
}

TEST_F(KeysCommand, AListShowsNoSecret) {
  EXPECT_THAT(keys({"list"}).error, HasSubstr("keys create"));
  const KeyJson hers = made({"create", "--user", "ada"});
  const KeyJson other = made({"create"});
  const Result all = keys({"list"});
  EXPECT_THAT(all.out, HasSubstr(hers.id));
  EXPECT_THAT(all.out, HasSubstr(other.id));
  EXPECT_THAT(all.out, Not(HasSubstr(hers.key->substr(12))));
  const Result one = keys({"list", "--user", "ada", "--json"});
  EXPECT_THAT(one.out, HasSubstr(hers.id));
  EXPECT_THAT(one.out, Not(HasSubstr(other.id)));
  EXPECT_THAT(one.out, Not(HasSubstr(hers.key->substr(12))));
}

TEST_F(KeysCommand, ARevokedKeyOpensNothing) {
  const KeyJson key = made({"create"});
  EXPECT_EQ(keys({"revoke", key.id}).exit_code, 0);
  EXPECT_FALSE(opens(key.key.value()));
  EXPECT_THAT(keys({"list"}).out, HasSubstr("revoked"));
  const Result again = keys({"revoke", key.id});
  EXPECT_EQ(again.exit_code, 3);
  EXPECT_THAT(again.error, HasSubstr("[not_found]"));
}

TEST_F(KeysCommand, ARotatedKeyGoesOnUnlessItIsToldNotTo) {
  const KeyJson old = made({"create", "--name", "laptop"});
  const KeyJson fresh = made({"rotate", old.id});
  EXPECT_EQ(fresh.name, "laptop");
  EXPECT_TRUE(opens(old.key.value()));
  EXPECT_TRUE(opens(fresh.key.value()));
  made({"rotate", fresh.id, "--overlap-hours", "0"});
  EXPECT_FALSE(opens(fresh.key.value()));
}

TEST_F(KeysCommand, WhatIsDoneIsWrittenDown) {
  const KeyJson key = made({"create"});
  keys({"rotate", key.id});
  keys({"revoke", key.id});
  database::Database database(url);
  std::vector<std::string> actions;
  for (const auto& entry : database::AuditTable(database).list(0, 10)) {
    actions.push_back(entry.action);
    EXPECT_EQ(entry.subject, key.id);
  }
  EXPECT_THAT(actions, ::testing::ElementsAre("key.revoked", "key.rotated", "key.created"));
}

TEST_F(KeysCommand, WhatMakesNoSenseIsRefused) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"create", "--scopes", "all"},
                                             {"create", "--user", ""},
                                             {"create", "--user", "a\nb"},
                                             {"create", "--expires-days", "0"},
                                             {"create", "--quota-storage-mb", "-1"},
                                             {"revoke"},
                                             {}}) {
    const Result result = keys(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.error, HasSubstr("[invalid_input]"));
  }
}

}  // namespace
}  // namespace reelwright::cli
