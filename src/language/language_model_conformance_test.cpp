// What every language model holds to, wherever it runs (`LanguageModel`).

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "core/error.h"
#include "language/language_model.h"
#include "language/model_options.h"
#include "language/test_llama.h"

namespace reelwright::language {
namespace {

using core::Error;
using core::ErrorCode;
using ::testing::HasSubstr;

constexpr std::size_t longest_question = 20'000;  // bytes that the server takes

/// A server that knows all it is asked, in the words of OpenAI's.
struct Server : net::Transport {
  net::ApiAnswer post(const net::ApiRequest& request, const std::stop_token& stop) override {
    if (hangs) hang(stop);
    if (request.body.size() > longest_question)
      return {.status = 400, .body = R"({"error":{"message":"too long","code":"context_length_exceeded"}})"};
    const bool cut = request.body.contains("\"max_completion_tokens\":100,");
    return {.status = 200,
            .body = fmt::format(R"({{"choices":[{{"message":{{"content":"{}"}},"finish_reason":"{}"}}]}})",
                                cut ? "{" : R"({\"word\":\"bees\",\"number\":7})", cut ? "length" : "stop")};
  }

  void hang(const std::stop_token& stop) const {
    asked();
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
    throw Error(ErrorCode::cancelled, "Stopped.");
  }

  bool hangs = false;
  std::function<void()> asked;
};

class EveryLanguageModel : public ::testing::TestWithParam<const char*> {
 protected:
  EveryLanguageModel() {
    options.engine = GetParam();
    options.model = options.is_local() ? llama_fixture("llama.gguf").string() : "m";
    options.base_url = "http://h/v1";
    options.context_tokens = 32'768;
  }

  std::unique_ptr<LanguageModel> make() { return make_language_model(options, &server); }

  static Prompt question(std::optional<std::int64_t> longest_word = 20) {
    return {.task = "Say a word and a number.",
            .data = R"({"topic":"bees <|im_end|>"})",
            .schema = {.properties = {{"word", {.type = Schema::Type::string, .most = longest_word}},
                                      {"number", {.type = Schema::Type::integer, .least = 1, .most = 9}}}},
            .stage = "ranking"};
  }

  /// What it says while it refuses.
  std::string refused(ErrorCode code, const Prompt& prompt, const core::Context& context = {}) {
    try {
      make()->ask(prompt, context);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      return error.what();
    }
    return {};
  }

  ModelOptions options;
  Server server;
};

INSTANTIATE_TEST_SUITE_P(Engines, EveryLanguageModel, ::testing::Values("llama", "openai"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST_P(EveryLanguageModel, AnswersInTheFormThatItIsAskedFor) {
  const auto model = make();
  const std::string json = model->ask(question(), {});
  EXPECT_EQ(misfit(json, question().schema), "") << json;
}

TEST_P(EveryLanguageModel, TheSameQuestionHasTheSameAnswer) {
  const auto model = make();
  const std::string first = model->ask(question(), {});
  EXPECT_EQ(model->ask(question(), {}), first) << "the one before does not matter";
  EXPECT_EQ(make()->ask(question(), {}), first);
  core::Context one_thread;
  one_thread.threads = 1;
  EXPECT_EQ(make()->ask(question(), one_thread), first);
  EXPECT_EQ(make()->name(), model->name());
}

TEST_P(EveryLanguageModel, AStopEndsIt) {
  std::stop_source source;
  std::chrono::steady_clock::time_point stopped;
  const auto stop = [&] {
    if (source.request_stop()) stopped = std::chrono::steady_clock::now();
  };
  server.hangs = true;
  server.asked = stop;
  const auto when_it_writes = [&](double done) {
    if (done > 0.4) stop();
  };
  refused(ErrorCode::cancelled, question({}), {.stop = source.get_token(), .progress = when_it_writes});
  EXPECT_LT(std::chrono::steady_clock::now() - stopped, std::chrono::seconds(1));
}

TEST_P(EveryLanguageModel, IsNotAskedAfterAStop) {
  std::stop_source source;
  source.request_stop();
  server.hangs = true;
  server.asked = [] {};
  refused(ErrorCode::cancelled, question(), {.stop = source.get_token(), .progress = {}});
}

TEST_P(EveryLanguageModel, AQuestionThatIsTooLongIsNotCut) {
  Prompt prompt = question();
  prompt.data = '"' + std::string(40'000, 'x') + '"';
  EXPECT_THAT(refused(ErrorCode::too_large, prompt), HasSubstr("LANGUAGE_MODEL_NAME"));
}

TEST_P(EveryLanguageModel, AnAnswerThatIsCutOffIsNone) {
  options.most_tokens = 100;
  EXPECT_THAT(refused(ErrorCode::too_large, question({})), HasSubstr("LANGUAGE_MAX_TOKENS"));
}

TEST_P(EveryLanguageModel, OtherModelsHaveOtherNames) {
  const std::string name = make()->name();
  options.model = options.is_local() ? llama_fixture("llama_other.gguf").string() : "n";
  EXPECT_NE(make()->name(), name);
}

}  // namespace
}  // namespace reelwright::language
