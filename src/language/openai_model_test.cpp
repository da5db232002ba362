#include "language/openai_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <glaze/glaze.hpp>

#include "core/config.h"
#include "core/error.h"

namespace reelwright::language {
namespace {

using core::Error;
using core::ErrorCode;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* fitting = R"({"word":"bees"})";

std::string chat(const std::string& content, const std::string& finish = "stop") {
  std::string quoted;
  EXPECT_FALSE(glz::write_json(content, quoted));
  return R"({"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":)" + quoted +
         R"(,"refusal":null},"finish_reason":")" + finish + R"("}],"usage":{"prompt_tokens":1}})";
}

/// Answers from a list and keeps what it was asked.
struct Script : net::Transport {
  net::ApiAnswer post(const net::ApiRequest& request, const std::stop_token&) override {
    asked.push_back(request.body);
    if (answers.empty()) throw Error(ErrorCode::internal, "nothing more was foreseen");
    net::ApiAnswer answer = std::move(answers.front());
    answers.pop_front();
    if (answer.good()) answer.charge = net::Charge{.model = "m", .tokens_in = 1};
    return answer;
  }

  std::deque<net::ApiAnswer> answers;
  std::vector<std::string> asked;
};

class OpenAiModelTest : public ::testing::Test {
 protected:
  void answers(int status, const std::string& body) { script.answers.push_back({status, body, "req_1"}); }

  std::string ask() {
    return model.ask({.task = "Say a word.",
                      .data = "{\"x\":1}",
                      .schema = {.properties = {{"word", {.type = Schema::Type::string}}}},
                      .stage = "ranking"},
                     {});
  }

  void expect_failure(ErrorCode code, const std::string& said) {
    try {
      ask();
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(std::string(error.what()), HasSubstr(said));
    }
  }

  Script script;
  OpenAiModel model{{.engine = "openai", .base_url = "http://h/v1", .model = "m", .most_tokens = 77}, script};
};

TEST_F(OpenAiModelTest, AsksForAStrictSchema) {
  answers(200, chat(fitting));
  EXPECT_EQ(ask(), fitting);
  EXPECT_EQ(script.asked.at(0),
            R"({"model":"m","messages":[{"role":"system","content":"Say a word."},)"
            R"({"role":"user","content":"{\"x\":1}"}],"max_completion_tokens":77,"temperature":0,)"
            R"("response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,)"
            R"("schema":{"type":"object","properties":{"word":{"type":"string"}},"required":["word"],)"
            R"("additionalProperties":false}}}})");
}

TEST_F(OpenAiModelTest, AServerWithoutSchemasIsAskedForAnObject) {
  answers(400, R"({"error":{"message":"'response_format.type' must be text or json_object"}})");
  answers(200, chat(fitting));
  EXPECT_EQ(ask(), fitting);
  EXPECT_THAT(script.asked.at(1), AllOf(HasSubstr(R"({"type":"json_object"})"), HasSubstr("JSON schema: {")));
  answers(200, chat(fitting));
  ask();
  EXPECT_THAT(script.asked.at(2), HasSubstr(R"({"type":"json_object"})")) << "it is known by now";
}

TEST_F(OpenAiModelTest, OneWithoutObjectsForPlainText) {
  answers(400, R"({"error":"response_format"})");
  answers(422, R"({"detail":[{"loc":["body","response_format"]}]})");
  answers(200, chat("Of course!\n```json\n" + std::string(fitting) + "\n```"));
  EXPECT_EQ(ask(), fitting);
  EXPECT_THAT(script.asked.at(2), Not(HasSubstr("response_format")));
}

TEST_F(OpenAiModelTest, OlderNamesOfTheLimitAndNoTemperature) {
  answers(400, R"({"error":{"message":"Unknown parameter: 'max_completion_tokens'"}})");
  answers(400, R"({"error":{"message":"Unsupported value: 'temperature' does not support 0"}})");
  answers(200, chat(fitting));
  ask();
  EXPECT_THAT(script.asked.at(2), AllOf(HasSubstr(R"("max_tokens":77)"), Not(HasSubstr("temperature")),
                                        Not(HasSubstr("max_completion_tokens")), HasSubstr("json_schema")));
}

TEST_F(OpenAiModelTest, ARefusalOfEverythingIsAFailure) {
  for (int i = 0; i < 3; ++i) answers(400, R"({"error":{"message":"no"}})");
  expect_failure(ErrorCode::invalid_input, "does not take the question (status 400: no)");
  EXPECT_EQ(script.asked.size(), 3U);
}

TEST_F(OpenAiModelTest, ABrokenAnswerIsRepairedOnce) {
  answers(200, chat(R"({"word":5})"));
  answers(200, chat(fitting));
  EXPECT_EQ(ask(), fitting);
  EXPECT_EQ(script.asked.size(), 2U);
  EXPECT_THAT(script.asked.at(1), AllOf(HasSubstr(R"({"role":"assistant","content":"{\"word\":5}"})"),
                                        HasSubstr("word must be of the type string")));
}

TEST_F(OpenAiModelTest, NotTwice) {
  answers(200, chat("no JSON here"));
  answers(200, chat(R"({"word":"x","more":1})"));
  expect_failure(ErrorCode::invalid_input, "twice: more is not asked for");
}

TEST_F(OpenAiModelTest, WhatIsNoAnswerHasWordsOfItsOwn) {
  answers(200, R"({"choices":[{"message":{"content":null,"refusal":"I\ncannot."},"finish_reason":"stop"}]})");
  expect_failure(ErrorCode::invalid_input, "refuses to answer (I\\ncannot.)");
  answers(200, chat(R"({"word":"be)", "length"));
  expect_failure(ErrorCode::too_large, "cut off at 77 tokens; set LANGUAGE_MAX_TOKENS");
  answers(200, chat("", "content_filter"));
  expect_failure(ErrorCode::invalid_input, "content filter");
  for (const char* body : {"<html>", "{}", R"({"choices":[]})", R"({"choices":[{}]})", ""}) {
    answers(200, body);
    expect_failure(ErrorCode::unavailable, "is no chat completion; is LANGUAGE_BASE_URL right?");
  }
}

TEST_F(OpenAiModelTest, SettingsThatAreWrongAreNamed) {
  answers(404, R"({"error":{"message":"The model `m` does not exist","code":"model_not_found"}})");
  expect_failure(ErrorCode::invalid_input, "LANGUAGE_MODEL_NAME");
  answers(404, "<html>Not Found</html>");
  expect_failure(ErrorCode::invalid_input, "LANGUAGE_BASE_URL");
  answers(405, "");
  expect_failure(ErrorCode::invalid_input, "LANGUAGE_BASE_URL");
  answers(400, R"({"error":{"message":"too long","code":"context_length_exceeded"}})");
  expect_failure(ErrorCode::too_large, "too long for m");
}

core::Config config(std::map<std::string, std::string> values) {
  core::Config::Inputs inputs;
  inputs.flags = std::move(values);
  inputs.folder = "/nonexistent";
  inputs.environment = [](const char*) -> const char* { return nullptr; };
  return core::Config::load(inputs);
}

std::string key_at(std::map<std::string, std::string> values) {
  values["LANGUAGE_MODEL"] = "openai";
  values["LANGUAGE_MODEL_NAME"] = "m";
  return model_vendor(config(std::move(values)))->endpoint.api_key;
}

TEST(ModelOptions, AKeyAloneSendsNothingAnywhere) {
  const core::Config set = config({{"OPENAI_API_KEY", "sk-1"}, {"LANGUAGE_API_KEY", "sk-2"}});
  EXPECT_FALSE(model_options(set).has_model());
  EXPECT_EQ(model_vendor(set), nullptr);
  EXPECT_EQ(make_language_model(model_options(set), nullptr), nullptr);
}

TEST(ModelOptions, AModelWithoutAWayToCallItIsNotPassedOver) {
  const ModelOptions options =
      model_options(config({{"LANGUAGE_MODEL", "openai"}, {"LANGUAGE_MODEL_NAME", "m"}}));
  EXPECT_THROW(make_language_model(options, nullptr), Error);
}

TEST(ModelOptions, TheKeyOfOpenAiGoesToOpenAiAlone) {
  EXPECT_EQ(key_at({{"OPENAI_API_KEY", "sk-1"}}), "sk-1");
  EXPECT_EQ(key_at({{"OPENAI_API_KEY", "sk-1"}, {"LANGUAGE_API_KEY", "sk-2"}}), "sk-2");
  EXPECT_EQ(key_at({{"OPENAI_API_KEY", "sk-1"}, {"LANGUAGE_BASE_URL", "http://127.0.0.1:1/v1"}}), "");
  EXPECT_EQ(key_at({{"LANGUAGE_API_KEY", "sk-2"}, {"LANGUAGE_BASE_URL", "http://127.0.0.1:1/v1"}}), "sk-2");
}

TEST(ModelOptions, WhatIsMissingIsNamed) {
  const auto fault = [](std::map<std::string, std::string> values) -> std::string {
    values["LANGUAGE_MODEL"] = "openai";
    try {
      model_vendor(config(std::move(values)));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      return error.what();
    }
    return {};
  };
  EXPECT_THAT(fault({}), HasSubstr("LANGUAGE_MODEL_NAME"));
  EXPECT_THAT(fault({{"LANGUAGE_MODEL_NAME", "m"}}), HasSubstr("OPENAI_API_KEY"));
  EXPECT_THAT(fault({{"LANGUAGE_MODEL_NAME", "m"}, {"LANGUAGE_BASE_URL", "nowhere"}}),
              HasSubstr("LANGUAGE_BASE_URL"));
}

}  // namespace
}  // namespace reelwright::language
