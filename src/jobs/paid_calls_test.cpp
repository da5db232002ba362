#include "jobs/paid_calls.h"

#include <gmock/gmock.h>

#include "core/files.h"
#include "core/log.h"
#include "database/ledger.h"
#include "jobs/database_queue.h"
#include "jobs/test_service.h"
#include "language/model_options.h"
#include "support/http_server.h"

namespace reelwright::jobs {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* key = "sk-test-0123456789";

class PaidCallsTest : public ServiceTest {
 protected:
  PaidCallsTest() {
    core::log::configure(core::log::Level::error, core::log::Format::pretty);
    core::write_file(folder / "prices.json", R"({"as_of": "", "prices": [
      {"host": "*", "model": "m", "million_tokens_in": 1000, "million_tokens_out": 1000}]})");
    jobs.insert({.processing_id = "job", .kind = "clips", .user_id = user, .settings = "{}"}, start);
    options.job_budget = 0.5;
  }

  core::Config with_model() const {
    core::Config::Inputs inputs;
    inputs.flags = {{"LANGUAGE_MODEL", "openai"},
                    {"LANGUAGE_MODEL_NAME", "m"},
                    {"LANGUAGE_API_KEY", key},
                    {"OPENAI_API_KEY", key},
                    {"LANGUAGE_BASE_URL", server.url("/v1")},
                    {"PRICES_FILE", (folder / "prices.json").string()}};
    inputs.folder = folder.path();
    inputs.environment = [](const char*) -> const char* { return nullptr; };
    return core::Config::load(inputs);
  }

  net::ApiAnswer call() {
    net::Vendors vendors;
    vendors.push_back(language::model_vendor(with_model()));
    const Workshop workshop{database, storage, changes, queue, pipelines, {}, vendors};
    PaidCalls calls(workshop, options, job("job"));
    return calls.call({.role = "language_model",
                       .path = "/chat/completions",
                       .body = R"({"model":"m","max_tokens":100})",
                       .stage = "ranking"},
                      {});
  }

  testing::HttpServer server{[](const testing::SeenRequest&, testing::Peer& peer) {
    peer.answer(200, R"({"usage":{"prompt_tokens":150,"completion_tokens":50}})");
  }};
  Changes changes{database};
  DatabaseQueue queue{database, changes, {}};
  Pipelines pipelines;
  WorkerOptions options;
};

TEST_F(PaidCallsTest, StandInTheLedger) {
  call();
  const auto costs = database::Ledger(database).of_job("job");
  ASSERT_EQ(costs.size(), 1U);
  EXPECT_EQ(costs[0].user_id, user);
  EXPECT_EQ(costs[0].vendor, net::host_of(server.url("")));
  EXPECT_EQ(costs[0].item, "m");
  EXPECT_EQ(costs[0].stage, "ranking");
  EXPECT_EQ(costs[0].tokens_in, 150);
  EXPECT_EQ(costs[0].tokens_out, 50);
  EXPECT_NEAR(costs[0].amount, 0.2, 1e-9);
}

TEST_F(PaidCallsTest, TheBudgetIsThatOfAllAttempts) {
  call();
  EXPECT_EQ(code_of([&] { call(); }), std::nullopt);
  EXPECT_EQ(code_of([&] { call(); }), core::ErrorCode::over_budget);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(PaidCallsTest, WithoutASettingNoneIsMade) {
  const net::Vendors none;
  const Workshop workshop{database, storage, changes, queue, pipelines, {}, none};
  PaidCalls calls(workshop, options, job("job"));
  EXPECT_EQ(code_of([&] { calls.call({}, {}); }), core::ErrorCode::invalid_input);
}

TEST_F(PaidCallsTest, KeysStayOutOfTheChildsCommandLine) {
  const WorkerOptions made = worker_options(with_model());
  EXPECT_THAT(made.program.arguments, Contains("--language-model-name"));
  EXPECT_THAT(made.program.arguments, Not(Contains(HasSubstr(key))));
  EXPECT_THAT(made.program.arguments, Not(Contains("")));
}

}  // namespace
}  // namespace reelwright::jobs
