#include "net/api_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "core/error.h"
#include "core/wav.h"
#include "support/http_server.h"

namespace reelwright::net {
namespace {

using core::Error;
using core::ErrorCode;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::HttpServer;
using ::testing::Not;
using testing::Peer;
using testing::SeenRequest;
using namespace std::chrono_literals;

constexpr const char* key = "sk-test-0123456789";
constexpr const char* good = R"({"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}})";

struct Answer {
  int status = 200;
  std::string body = good;
  std::map<std::string, std::string> headers{};
};

class ApiClientTest : public ::testing::Test {
 protected:
  /// Answers in turn; the last one again and again. A status of 0 drops the connection.
  void serve(std::vector<Answer> answers) {
    answers_ = std::move(answers);
    server_.emplace([this](const SeenRequest& request, Peer& peer) {
      seen.push_back(request);
      const Answer& answer = answers_[std::min(seen.size(), answers_.size()) - 1];
      if (answer.status != 0) peer.answer(answer.status, answer.body, answer.headers);
    });
    vendor.endpoint.base_url = server_->url("/v1");
  }

  ApiAnswer post(const std::string& path = "/chat/completions", const std::string& model = "m") {
    ApiClient client(
        vendors, budget, [this](const CallRecord& record) { records.push_back(record); },
        [this](std::chrono::milliseconds time, const std::stop_token&) { waits.push_back(time); });
    return client.post({.role = "language_model",
                        .path = path,
                        .body = R"({"model":")" + model + R"(","max_completion_tokens":100})",
                        .stage = "ranking"},
                       stop.get_token());
  }

  void expect_failure(ErrorCode code, const ::testing::Matcher<std::string>& said) {
    try {
      post();
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(std::string(error.what()), AllOf(said, Not(HasSubstr(key))));
      EXPECT_THAT(error.details(), Not(HasSubstr(key)));
    }
  }

  static Vendors one_vendor() {
    Vendors vendors;
    vendors.emplace_back(new Vendor{.endpoint = {.role = "language_model",
                                                 .base_url = {},
                                                 .api_key = key,
                                                 .model = "m",
                                                 .paths = {"/chat/completions"},
                                                 .timeout = 5s,
                                                 .url_setting = "LANGUAGE_BASE_URL",
                                                 .key_setting = "LANGUAGE_API_KEY",
                                                 .model_setting = "LANGUAGE_MODEL_NAME",
                                                 .timeout_setting = "LANGUAGE_TIMEOUT"}});
    return vendors;
  }

  Vendors vendors = one_vendor();
  Vendor& vendor = *vendors.front();
  Budget budget;
  std::vector<SeenRequest> seen;
  std::vector<CallRecord> records;
  std::vector<std::chrono::milliseconds> waits;
  std::stop_source stop;

 private:
  std::vector<Answer> answers_;
  std::optional<HttpServer> server_;
};

TEST_F(ApiClientTest, CallsWithTheKeyAndTellsWhatItTook) {
  serve({{.headers = {{"x-request-id", "req_1"}}}});
  const ApiAnswer answer = post();
  EXPECT_EQ(answer.body, good);
  EXPECT_EQ(answer.request_id, "req_1");
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].method, "POST");
  EXPECT_EQ(seen[0].target, "/v1/chat/completions");
  EXPECT_EQ(seen[0].headers["authorization"], std::string("Bearer ") + key);
  EXPECT_EQ(seen[0].headers["content-type"], "application/json");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].charge->tokens_in, 10);
  EXPECT_EQ(records[0].charge->stage, "ranking");
  EXPECT_EQ(records[0].request_id, "req_1");
  EXPECT_EQ(records[0].tries, 1);
}

TEST_F(ApiClientTest, WithoutAKeyNoneIsSent) {
  vendor.endpoint.api_key.clear();
  serve({{}});
  post();
  EXPECT_FALSE(seen[0].headers.contains("authorization"));
}

TEST_F(ApiClientTest, TheKeyIsInNoAnswer) {
  serve({{.body = std::string("{\"echo\":\"") + key + "\"}", .headers = {{"x-request-id", key}}}});
  const ApiAnswer answer = post();
  EXPECT_EQ(answer.body, "{\"echo\":\"(secret)\"}");
  EXPECT_EQ(answer.request_id, "(secret)");
}

TEST_F(ApiClientTest, OnlyWhatTheSettingsAllowIsCalled) {
  serve({{}});
  for (const auto& [path, model] : std::vector<std::pair<std::string, std::string>>{
           {"/files", "m"}, {"/chat/completions/../../x", "m"}, {"/chat/completions", "dearer"}})
    EXPECT_THROW(post(path, model), Error) << path;
  EXPECT_TRUE(seen.empty());
  EXPECT_TRUE(records.empty());
}

TEST_F(ApiClientTest, WhatIsPassingIsTriedAgain) {
  serve({{.status = 503, .body = "busy"}, {.status = 0}, {.status = 409}, {}});
  EXPECT_TRUE(post().good());
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_EQ(records.at(0).tries, 4);
  ASSERT_EQ(waits.size(), 3U);
  EXPECT_LE(waits[0], 500ms);
  EXPECT_LE(waits[2], 2s);
}

TEST_F(ApiClientTest, NotForEver) {
  serve({{.status = 500, .body = R"({"error":{"message":"it broke"}})"}});
  expect_failure(ErrorCode::unavailable, HasSubstr("fails after 4 tries (status 500: it broke)"));
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_FALSE(records.at(0).charge.has_value());
}

TEST_F(ApiClientTest, TheServersOwnWaitIsKept) {
  serve({{.status = 429, .headers = {{"Retry-After", "7"}}},
         {.status = 429, .headers = {{"retry-after-ms", "20"}}},
         {}});
  post();
  EXPECT_EQ(waits, (std::vector<std::chrono::milliseconds>{7s, 20ms}));
}

TEST_F(ApiClientTest, AServerThatAsksForTooLongIsNotWaitedFor) {
  serve({{.status = 429,
          .body = R"({"error":{"code":"rate_limit_exceeded"}})",
          .headers = {{"Retry-After", "3600"}}}});
  expect_failure(ErrorCode::rate_limited, HasSubstr("called too often"));
  EXPECT_EQ(seen.size(), 1U);
}

TEST_F(ApiClientTest, TheServerDecidesOnRetries) {
  serve({{.status = 500, .headers = {{"x-should-retry", "false"}}}});
  expect_failure(ErrorCode::unavailable, HasSubstr("status 500"));
  EXPECT_EQ(seen.size(), 1U);
}

TEST_F(ApiClientTest, AnEmptyPurseIsNoPassingThing) {
  for (const char* code :
       {"insufficient_quota", "credit_balance_exhausted", "project_spend_limit_exceeded"}) {
    seen.clear();
    serve({{.status = 429, .body = std::string(R"({"error":{"message":"pay","code":")") + code + "\"}}"}});
    expect_failure(ErrorCode::over_budget, HasSubstr("LANGUAGE_API_KEY"));
    EXPECT_EQ(seen.size(), 1U) << code;
  }
}

TEST_F(ApiClientTest, ABadKeyNamesItsSetting) {
  serve({{.status = 401, .body = std::string(R"({"error":{"message":"Incorrect API key: )") + key + "\"}}"}});
  expect_failure(ErrorCode::invalid_input,
                 AllOf(HasSubstr("LANGUAGE_API_KEY"), HasSubstr("Incorrect API key")));
  vendor.endpoint.api_key.clear();
  serve({{.status = 401, .body = "{}"}});
  expect_failure(ErrorCode::invalid_input, HasSubstr("asks for a key"));
}

TEST_F(ApiClientTest, WhatIsAboutTheRequestIsForTheCaller) {
  for (const int status : {400, 404, 422}) {
    seen.clear();
    serve({{.status = status, .body = "{}"}});
    EXPECT_EQ(post().status, status);
  }
  EXPECT_FALSE(records.back().charge.has_value()) << "nobody pays for a refusal";
}

TEST_F(ApiClientTest, ARedirectIsNotFollowedWithTheKey) {
  serve({{.status = 302, .headers = {{"Location", "http://127.0.0.1:1/"}}}});
  expect_failure(ErrorCode::invalid_input, HasSubstr("LANGUAGE_BASE_URL"));
  EXPECT_EQ(seen.size(), 1U);
}

TEST_F(ApiClientTest, NobodyThereNamesTheUrl) {
  vendor.endpoint.base_url = "http://127.0.0.1:1/v1";
  expect_failure(ErrorCode::unavailable, HasSubstr("LANGUAGE_BASE_URL"));
  EXPECT_EQ(waits.size(), 3U);
}

TEST_F(ApiClientTest, AServerThatHangsNamesTheTime) {
  const HttpServer server([](const SeenRequest&, Peer& peer) { peer.wait_for_close(); });
  vendor.endpoint.base_url = server.url("/v1");
  vendor.endpoint.timeout = 300ms;
  expect_failure(ErrorCode::timeout, HasSubstr("LANGUAGE_TIMEOUT"));
  EXPECT_TRUE(waits.empty());
}

TEST_F(ApiClientTest, AnAnswerWithoutEndIsNotRead) {
  serve({{.body = std::string(2 << 20, 'x')}});
  expect_failure(ErrorCode::unavailable, HasSubstr("more than any answer"));
}

TEST_F(ApiClientTest, BytesThatAreNoTextBecomeText) {
  serve({{.body = "\"\xff\""}});
  EXPECT_EQ(post().body, "\"\xEF\xBF\xBD\"");
}

TEST_F(ApiClientTest, ACancelEndsACallAndAWait) {
  std::latch asked(1);
  const HttpServer server([&](const SeenRequest&, Peer& peer) {
    asked.count_down();
    peer.wait_for_close();
  });
  vendor.endpoint.base_url = server.url("/v1");
  const std::jthread stopper([&] {
    asked.wait();
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  expect_failure(ErrorCode::cancelled, ::testing::_);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);

  serve({{.status = 429, .headers = {{"Retry-After", "50"}}}});
  ApiClient waiting(vendors, budget);
  EXPECT_THROW(waiting.post({.role = "language_model",
                             .path = "/chat/completions",
                             .body = R"({"model":"m","max_tokens":1})",
                             .stage = ""},
                            stop.get_token()),
               Error);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(ApiClientTest, AnExhaustedRateHoldsTheNextCallBack) {
  serve({{.headers = {{"x-ratelimit-remaining-requests", "0"}, {"x-ratelimit-reset-requests", "30s"}}}, {}});
  post();
  EXPECT_TRUE(waits.empty());
  post();
  ASSERT_EQ(waits.size(), 1U);
  EXPECT_GT(waits[0], 25s);
}

TEST_F(ApiClientTest, ABudgetWithoutAPriceIsNone) {
  serve({{}});
  Budget limited(1);
  ApiClient client(vendors, limited);
  try {
    client.post({.role = "language_model",
                 .path = "/chat/completions",
                 .body = R"({"model":"m","max_tokens":1})",
                 .stage = ""},
                {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    EXPECT_THAT(std::string(error.what()), AllOf(HasSubstr("JOB_BUDGET"), HasSubstr("PRICES_FILE")));
  }
  EXPECT_TRUE(seen.empty());
}

TEST_F(ApiClientTest, EachRoleHasItsOwnServerAndKey) {
  serve({{}});
  std::vector<SeenRequest> heard;
  const HttpServer other([&](const SeenRequest& request, Peer& peer) {
    heard.push_back(request);
    peer.answer(200, R"({"text":"hello"})");
  });
  vendors.emplace_back(new Vendor{.endpoint = {.role = "transcriber",
                                               .base_url = other.url("/v2"),
                                               .api_key = "sk-other-0123456789",
                                               .model = "w",
                                               .paths = {"/audio/transcriptions"}}});
  ApiClient client(vendors, budget);
  const std::string sound = core::to_wav(std::vector<std::int16_t>(160, -1));
  const ApiAnswer answer = client.post({.role = "transcriber",
                                        .path = "/audio/transcriptions",
                                        .body = R"({"model":"w","response_format":"json"})",
                                        .stage = "transcript",
                                        .sound = sound},
                                       {});
  EXPECT_EQ(answer.charge.value().seconds, 0.01);
  EXPECT_TRUE(seen.empty());
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].target, "/v2/audio/transcriptions");
  EXPECT_EQ(heard[0].headers["authorization"], "Bearer sk-other-0123456789");
  EXPECT_THAT(heard[0].headers["content-type"], HasSubstr("multipart/form-data; boundary="));
  EXPECT_THAT(heard[0].body, HasSubstr(sound));
  EXPECT_THROW(client.post({.role = "transcriber",
                            .path = "/chat/completions",
                            .body = R"({"model":"m","max_tokens":1})",
                            .stage = {}},
                           {}),
               Error)
      << "a role may not use the server of another";
}

}  // namespace
}  // namespace reelwright::net
