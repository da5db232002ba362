#include "net/prices.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"
#include "core/wav.h"
#include "net/budget.h"
#include "net/call_facts.h"
#include "net/endpoint.h"
#include "support/media_fixture.h"

namespace reelwright::net {
namespace {

using core::Error;
using core::ErrorCode;

constexpr const char* body = R"({"model":"gpt-4o","messages":[],"max_completion_tokens":1000})";

TEST(Prices, TheProgramsOwnAreThere) {
  const Prices prices = Prices::load();
  const Price* price = prices.find("api.openai.com", "gpt-4o-mini");
  ASSERT_NE(price, nullptr);
  EXPECT_NEAR(price->of(1'000'000, 500'000), 0.15 + 0.30, 1e-12);
  EXPECT_EQ(prices.find("api.openai.com", "gpt-4o-2024-08-06")->model, "gpt-4o");
  EXPECT_EQ(prices.find("api.openai.com", "gpt-4o-audio"), nullptr);
  EXPECT_EQ(prices.find("other.example", "gpt-4o"), nullptr) << "another host has other prices";
}

TEST(Prices, ThoseOfTheUserGoBefore) {
  const testing::TemporaryFolder folder;
  core::write_file(folder / "prices.json", R"({"as_of": "2027-01-01", "prices": [
    {"host": "*", "model": "gpt-4o", "million_tokens_in": 1, "million_tokens_out": 2},
    {"host": "localhost:11434", "model": "mine", "million_tokens_in": 0, "million_tokens_out": 0}]})");
  const Prices prices = Prices::load(folder / "prices.json");
  EXPECT_EQ(prices.find("api.openai.com", "gpt-4o")->million_tokens_in, 1);
  EXPECT_EQ(prices.find("localhost:11434", "mine")->of(1000, 1000), 0);
}

TEST(Prices, WhatIsNoListIsSaid) {
  const testing::TemporaryFolder folder;
  for (const char* text : {"", "{}", R"({"as_of": "", "prices": [{"model": "x"}]})",
                           R"({"as_of": "", "prices": [{"host": "*", "model": "x"}]})",
                           R"({"as_of": "", "prices": [{"host": "*", "model": "x", "million_tokens_in": -1,
                               "million_tokens_out": 1}]})"}) {
    core::write_file(folder / "prices.json", text);
    try {
      Prices::load(folder / "prices.json");
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      EXPECT_NE(std::string(error.what()).find("prices.json"), std::string::npos);
    }
  }
}

TEST(Budget, HoldsCallsThatRunBesideEachOther) {
  Budget budget(1, 0.5);
  Budget::Share first(budget, 0.4);
  EXPECT_THROW(Budget::Share(budget, 0.2), Error);
  first.spend(0.1);
  EXPECT_THROW(Budget::Share(budget, 0.2), Error) << "the rest of the share is not free before its end";
  const Budget::Share second(budget, 0.0);
}

TEST(Budget, WhatWasSetAsideComesBack) {
  Budget budget(1);
  {
    const Budget::Share call(budget, 0.9);
  }
  {
    Budget::Share(budget, 0.9).spend(0.2);
  }
  const Budget::Share rest(budget, 0.8);
  try {
    const Budget::Share over(budget, 0.001);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::over_budget);
    EXPECT_NE(std::string(error.what()).find("JOB_BUDGET"), std::string::npos);
  }
}

TEST(Budget, WithoutALimitAnythingGoes) {
  Budget budget;
  Budget::Share(budget, 1e9).spend(1e9);
  const Budget::Share more(budget, 1e9);
}

CallFacts facts_of(const std::string& json, const std::string& path = "/chat/completions",
                   const std::string& sound = {}) {
  return call_facts({.role = "r", .path = path, .body = json, .stage = {}, .sound = sound});
}

TEST(CallFacts, AreTheMostThatACallCanCost) {
  const CallFacts facts = facts_of(body);
  EXPECT_EQ(facts.model, "gpt-4o");
  EXPECT_GE(facts.most_tokens_in, static_cast<std::int64_t>(std::string(body).size()));
  EXPECT_EQ(facts.most_tokens_out, 1000);
  EXPECT_EQ(facts_of(R"({"model":"m","max_tokens":7})").most_tokens_out, 7);
  EXPECT_EQ(facts_of(R"({"model":"m","max_completion_tokens":1,"max_tokens":7})").most_tokens_out, 7);
}

TEST(CallFacts, OfATranscriptionAreTheLengthOfItsSound) {
  const std::string path = "/audio/transcriptions";
  const std::string sound = core::to_wav(std::vector<std::int16_t>(16'000 * 90));
  const std::string asked = R"({"model":"m","response_format":"json","timestamp_granularities":["word"]})";
  const CallFacts facts = facts_of(asked, path, sound);
  EXPECT_EQ(facts.model, "m");
  EXPECT_EQ(facts.seconds, 90);
  const Price price{.host = "h", .model = "m", .minute = 0.006};
  EXPECT_DOUBLE_EQ(charge_of("{}", facts, &price).dollars, 0.009);
  EXPECT_EQ(charge_of("{}", facts, &price).seconds, 90);
  EXPECT_THROW(facts_of(asked, path), Error) << "without sound";
  EXPECT_THROW(facts_of(asked, path, sound + "x"), Error) << "longer than it says";
  EXPECT_THROW(facts_of(R"({"model":"m","stream":true})", path, sound), Error);
  EXPECT_THROW(facts_of(body, "/chat/completions", sound), Error) << "sound to a chat";
}

TEST(CallFacts, OfEmbeddingsAreTheirTexts) {
  const std::string asked = R"({"model":"m","input":["one","two"],"encoding_format":"float"})";
  const CallFacts facts = facts_of(asked, "/embeddings");
  EXPECT_GE(facts.most_tokens_in, static_cast<std::int64_t>(asked.size()));
  EXPECT_EQ(facts.most_tokens_out, 0);
  EXPECT_THROW(facts_of(asked, "/images/generations"), Error);
}

TEST(CallFacts, WhatHasNoLimitIsNotMade) {
  for (const char* bad :
       {"", "[]", R"({"model":"m"})", R"({"model":"","max_tokens":7})", R"({"model":"m","max_tokens":0})",
        R"({"model":"m","max_tokens":7,"n":5})", R"({"model":"m","max_tokens":7,"service_tier":"priority"})",
        R"({"model":"m","max_tokens":99999999999})"})
    EXPECT_THROW(facts_of(bad), Error) << bad;
}

TEST(CallFacts, AChargeIsByTheUsageThatIsTold) {
  const Prices prices = Prices::load();
  const Price* price = prices.find("api.openai.com", "gpt-4o");
  const CallFacts facts = facts_of(body);
  const Charge told =
      charge_of(R"({"usage":{"prompt_tokens":1000,"completion_tokens":100,"more":{}}})", facts, price);
  EXPECT_EQ(told.tokens_in, 1000);
  EXPECT_EQ(told.tokens_out, 100);
  EXPECT_NEAR(told.dollars, 0.0035, 1e-12);
  const Charge untold = charge_of("<html>", facts, price);
  EXPECT_EQ(untold.tokens_out, 1000) << "as much as it can have been";
  EXPECT_EQ(charge_of(R"({"usage":{"prompt_tokens":-5,"completion_tokens":-1}})", facts, price).dollars, 0);
  EXPECT_EQ(charge_of("{}", facts, nullptr).dollars, 0);
}

TEST(VendorError, IsReadInAllItsForms) {
  const VendorError whole = vendor_error(
      R"({"error":{"message":"No\nsuch model","type":"t","param":null,"code":"model_not_found"}})");
  EXPECT_EQ(whole.message, "No\\nsuch model");
  EXPECT_TRUE(whole.mentions("model_not_found"));
  EXPECT_EQ(vendor_error(R"({"error":"loading"})").message, "loading");
  EXPECT_EQ(vendor_error(R"({"message":"bad","code":400})").message, "bad");
  EXPECT_EQ(vendor_error("<html>").message, "<html>");
  EXPECT_EQ(vendor_error("").message, "");
  EXPECT_EQ(vendor_error(R"({"detail":[]})").message, R"({"detail":[]})");
  EXPECT_LE(vendor_error(std::string(100'000, 'x')).message.size(), 310U);
  EXPECT_FALSE(vendor_error(std::string(100'000, '[')).message.empty());
}

TEST(BaseUrl, IsOneOfAnApi) {
  EXPECT_EQ(checked_base_url("http://localhost:11434/v1/", "X"), "http://localhost:11434/v1");
  EXPECT_EQ(host_of("http://localhost:11434/v1"), "localhost:11434");
  EXPECT_EQ(host_of("https://api.openai.com/v1"), "api.openai.com");
  for (const char* bad : {"api.openai.com/v1", "ftp://a/v1", "https://me:secret@a/v1", "https://a/v1?key=b",
                          "https://a/#b", ""}) {
    try {
      checked_base_url(bad, "LANGUAGE_BASE_URL");
      FAIL() << bad;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      EXPECT_NE(std::string(error.what()).find("LANGUAGE_BASE_URL"), std::string::npos);
      EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace reelwright::net
