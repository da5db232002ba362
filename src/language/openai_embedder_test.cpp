#include "language/openai_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "core/config.h"
#include "core/error.h"
#include "language/embedder_choice.h"

namespace reelwright::language {
namespace {

using core::Error;
using core::ErrorCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Answers from a list and keeps what it was asked.
struct Script : net::Transport {
  net::ApiAnswer post(const net::ApiRequest& request, const std::stop_token&) override {
    asked.push_back(request);
    if (answers.empty()) throw Error(ErrorCode::internal, "nothing more was foreseen");
    net::ApiAnswer answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }

  std::deque<net::ApiAnswer> answers;
  std::vector<net::ApiRequest> asked;
};

class OpenAiEmbedderTest : public ::testing::Test {
 protected:
  void expect_failure(int status, const std::string& body, ErrorCode code, const std::string& said) {
    script.answers.push_back({status, body, "req_1"});
    try {
      embedder.embed({"a"});
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(std::string(error.what()), HasSubstr(said));
    }
  }

  Script script;
  OpenAiEmbedder embedder{"http://h/v1", "mini", script};
};

TEST_F(OpenAiEmbedderTest, AsksForAVectorOfEachText) {
  script.answers.push_back(
      {200, R"({"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[3,4]}]})", "req_1"});
  const Embeddings made = embedder.embed({"one \"two\"", "", "b"});
  ASSERT_EQ(script.asked.size(), 1U);
  EXPECT_EQ(script.asked[0].role, "embedder");
  EXPECT_EQ(script.asked[0].path, "/embeddings");
  EXPECT_EQ(script.asked[0].body,
            R"({"model":"mini","input":["b","one \"two\""],"encoding_format":"float"})");
  EXPECT_THAT(made[0], ElementsAre(0, 1));
  EXPECT_THAT(made[1], ElementsAre(0, 0));
  EXPECT_THAT(made[2], ElementsAre(0.6F, 0.8F));
  EXPECT_EQ(embedder.name(), "mini at http://h/v1");
}

TEST_F(OpenAiEmbedderTest, SaysWhichSettingMendsIt) {
  expect_failure(404, R"({"error":{"message":"no model mini","code":"model_not_found"}})",
                 ErrorCode::invalid_input, "EMBEDDER_MODEL");
  expect_failure(404, "<html>", ErrorCode::invalid_input, "EMBEDDER_BASE_URL");
  expect_failure(200, R"({"choices":[]})", ErrorCode::unavailable, "EMBEDDER_BASE_URL");
  expect_failure(200, R"({"data":[{"index":0,"embedding":[null]}]})", ErrorCode::unavailable,
                 "EMBEDDER_MODEL");
}

TEST_F(OpenAiEmbedderTest, VectorsOfAnotherWidthInTheNextBatchAreRefused) {
  const auto answer = [](const std::string& vector, int count) {
    std::string body = R"({"data":[)";
    for (int i = 0; i < count; ++i) body += (i ? "," : "") + (R"({"embedding":)" + vector) + "}";
    return body + "]}";
  };
  script.answers.push_back({200, answer("[1,2]", 32), ""});
  script.answers.push_back({200, answer("[1,2,3]", 1), ""});
  std::vector<std::string> texts;
  for (int i = 0; i < 33; ++i) texts.push_back("text " + std::to_string(i));
  EXPECT_THROW(embedder.embed(texts), Error);
  EXPECT_EQ(script.asked.size(), 2U);
}

core::Config config(std::map<std::string, std::string> values) {
  core::Config::Inputs inputs;
  inputs.folder = "/";
  inputs.environment = [](const char*) { return nullptr; };
  inputs.flags = std::move(values);
  return core::Config::load(inputs);
}

TEST(EmbedderChoice, NothingIsAskedOfAServerThatNoSettingNames) {
  const core::Config set = config({{"OPENAI_API_KEY", "sk-1"}, {"EMBEDDER_API_KEY", "sk-2"}});
  EXPECT_EQ(embedder_vendor(set), nullptr);
  EXPECT_FALSE(embedder_options(set).has_embedder());
  EXPECT_EQ(make_embedder(embedder_options(set), 1, nullptr), nullptr);
}

TEST(EmbedderChoice, AServerIsAskedWhereASettingNamesIt) {
  const core::Config set = config({{"EMBEDDER", "openai"},
                                   {"EMBEDDER_MODEL", "mini"},
                                   {"EMBEDDER_BASE_URL", "http://h/v1/"},
                                   {"EMBEDDER_API_KEY", "sk-2"}});
  const auto vendor = embedder_vendor(set);
  ASSERT_TRUE(vendor);
  EXPECT_EQ(vendor->endpoint.role, "embedder");
  EXPECT_EQ(vendor->endpoint.api_key, "sk-2");
  EXPECT_EQ(vendor->endpoint.model, "mini");
  Script script;
  EXPECT_EQ(make_embedder(embedder_options(set), 1, &script)->name(), "mini at http://h/v1");
  EXPECT_THROW(make_embedder(embedder_options(set), 1, nullptr), Error) << "there is no way to call it";
}

TEST(EmbedderChoice, SaysWhichSettingIsMissing) {
  const auto fault = [](const std::map<std::string, std::string>& values) {
    try {
      const core::Config set = config(values);
      make_embedder(embedder_options(set), 1, nullptr);
      embedder_vendor(set);
      return std::string();
    } catch (const Error& error) {
      EXPECT_NE(error.code(), ErrorCode::internal);
      return std::string(error.what());
    }
  };
  EXPECT_THAT(fault({{"EMBEDDER", "onnx"}}), HasSubstr("EMBEDDER_MODEL"));
  EXPECT_THAT(fault({{"EMBEDDER", "openai"}}), HasSubstr("EMBEDDER_MODEL"));
  EXPECT_THAT(fault({{"EMBEDDER_MODEL", "no-such-model"}, {"MODELS_DIR", "/nowhere"}}),
              HasSubstr("no-such-model"));
  EXPECT_EQ(fault({{"EMBEDDER", "none"}, {"EMBEDDER_MODEL", "no-such-model"}}), "");
}

}  // namespace
}  // namespace reelwright::language
