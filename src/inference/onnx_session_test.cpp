#include "inference/onnx_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

using core::ErrorCode;
using ::testing::HasSubstr;

std::filesystem::path model(const std::string& name) { return std::filesystem::path(TEST_MODELS) / name; }

/// What `act` throws, for its code and its words.
template <typename Act>
core::Error error_of(const Act& act) {
  try {
    act();
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorCode::internal, "nothing was thrown"};
}

TEST(OnnxSession, TellsWhatTheModelTakesMakesAndSays) {
  const auto session = open_onnx(model("sum.onnx"));
  ASSERT_EQ(session->inputs().size(), 2U);
  EXPECT_EQ(session->inputs()[0].name, "a");
  EXPECT_EQ(session->inputs()[1].name, "b");
  EXPECT_EQ(session->inputs()[0].type, "float");
  EXPECT_EQ(session->inputs()[0].shape, (Shape{-1, 3}));
  ASSERT_EQ(session->outputs().size(), 1U);
  EXPECT_EQ(session->outputs()[0].name, "out");
  EXPECT_EQ(session->metadata().at("author"), "nobody");
  EXPECT_EQ(session->provider(), "cpu");
  EXPECT_EQ(session->file(), model("sum.onnx"));
}

TEST(OnnxSession, Computes) {
  const auto session = open_onnx(model("sum.onnx"));
  const Tensors out =
      session->run({{"a", {{2, 3}, {1, 2, 3, 4, 5, 6}}}, {"b", {{2, 3}, {10, 20, 30, 40, 50, 60}}}});
  EXPECT_EQ(out.at("out").shape, (Shape{2, 3}));
  EXPECT_THAT(out.at("out").values, ::testing::ElementsAre(21, 42, 63, 84, 105, 126));
}

TEST(OnnxSession, ComputesNothingOutOfNothing) {
  const Tensors out = open_onnx(model("sum.onnx"))->run({{"a", {{0, 3}, {}}}, {"b", {{0, 3}, {}}}});
  EXPECT_EQ(out.at("out").shape, (Shape{0, 3}));
  EXPECT_TRUE(out.at("out").values.empty());
}

TEST(OnnxSession, LooksIntegersUp) {
  const auto session = open_onnx(model("rows.onnx"));
  EXPECT_EQ(session->inputs()[0].type, "int64");
  const Tensors out = session->run({{"scale", {{1}, {10}}}}, {{"numbers", {{1, 3}, {2, 0, 1}}}});
  EXPECT_EQ(out.at("out").shape, (Shape{1, 3}));
  EXPECT_THAT(out.at("out").values, ::testing::ElementsAre(70, 50, 60));
}

TEST(OnnxSession, FloatsForIntegersAreRefused) {
  const auto session = open_onnx(model("rows.onnx"));
  const Tensor scale{{1}, {10}};
  struct Case {
    Tensors floats;
    IntegerTensors integers;
    const char* words;
  };
  for (const Case& c :
       {Case{{{"scale", scale}, {"numbers", {{1, 1}, {2}}}}, {}, "input numbers is of int64, not of float"},
        Case{
            {}, {{"scale", {{1}, {1}}}, {"numbers", {{1, 1}, {2}}}}, "input scale is of float, not of int64"},
        Case{{{"scale", scale}}, {{"numbers", {{1}, {2}}}}, "shape ?x?, and it was given 1"},
        Case{{{"scale", scale}}, {{"numbers", {{1, 1}, {3}}}}, "rows.onnx failed"}}) {
    const core::Error error = error_of([&] { session->run(c.floats, c.integers); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), HasSubstr(c.words));
  }
  const IntegerTensors too_few{{"numbers", {{1, 2}, {0}}}};
  EXPECT_EQ(error_of([&] { session->run({{"scale", scale}}, too_few); }).code(), ErrorCode::internal);
}

TEST(OnnxSession, SameFileIsLoadedOnceAndLetGo) {
  const auto first = open_onnx(model("sum.onnx"));
  EXPECT_EQ(open_onnx(model("sum.onnx"), {.threads = 2}), first);
  EXPECT_EQ(open_onnx(std::filesystem::path(TEST_MODELS) / "." / "sum.onnx"), first);
  EXPECT_NE(open_onnx(model("only_sevens.onnx")), first);
  EXPECT_EQ(first.use_count(), 1);  // the cache holds nothing alive
}

TEST(OnnxSession, AFileThatWasReplacedIsLoadedAnew) {
  const testing::TemporaryFolder folder;
  const auto file = folder / "model.onnx";
  std::filesystem::copy_file(model("sum.onnx"), file);
  const auto first = open_onnx(file);
  std::filesystem::copy_file(model("only_sevens.onnx"), file,
                             std::filesystem::copy_options::overwrite_existing);
  const auto second = open_onnx(file);
  EXPECT_NE(second, first);
  EXPECT_EQ(second->inputs().size(), 1U);
}

TEST(OnnxSession, ManyThreadsRunOneSession) {
  const auto session = open_onnx(model("sum.onnx"), {.threads = 2});
  std::vector<std::jthread> threads;
  std::vector<int> wrong(4);
  for (int& faults : wrong)
    threads.emplace_back([&session, &faults, base = static_cast<float>(threads.size())] {
      for (int i = 0; i < 200; ++i) {
        const Tensors out = session->run({{"a", {{1, 3}, {base, base, base}}}, {"b", {{1, 3}, {1, 2, 3}}}});
        faults += out.at("out").values != std::vector<float>{base + 2, base + 4, base + 6};
      }
    });
  threads.clear();
  EXPECT_THAT(wrong, ::testing::Each(0));
}

TEST(OnnxSession, SaysWhatIsWrongWithAFile) {
  struct Case {
    const char* file;
    ErrorCode code;
    const char* words;
  };
  for (const Case& c : {Case{"no_such.onnx", ErrorCode::not_found, "no_such.onnx"},
                        Case{"cut_short.onnx", ErrorCode::invalid_input, "only a part of one"},
                        Case{"text.onnx", ErrorCode::invalid_input, "no ONNX model"},
                        Case{"empty.onnx", ErrorCode::invalid_input, "empty.onnx"},
                        Case{"future.onnx", ErrorCode::invalid_input, "older opset"},
                        Case{"unknown_operator.onnx", ErrorCode::invalid_input, "older opset"},
                        Case{"", ErrorCode::invalid_input, "models"}}) {
    const core::Error error = error_of([&] { open_onnx(model(c.file)); });
    EXPECT_EQ(error.code(), c.code) << c.file << ": " << error.what();
    EXPECT_THAT(error.what(), HasSubstr(c.words)) << error.details();
    EXPECT_THAT(error.what(), HasSubstr(c.file));
  }
}

TEST(OnnxSession, SaysWhatIsWrongWithAnInput) {
  const auto session = open_onnx(model("sum.onnx"));
  const Tensor row{{1, 3}, {1, 2, 3}};
  struct Case {
    Tensors inputs;
    const char* words;
  };
  for (const Case& c : {Case{{{"a", row}}, "nothing was given for its input b"},
                        Case{{{"a", row}, {"b", row}, {"c", row}}, "it has no input c, only a, b"},
                        Case{{{"a", row}, {"b", {{1, 4}, {1, 2, 3, 4}}}}, "shape ?x3, and it was given 1x4"},
                        Case{{{"a", row}, {"b", {{3}, {1, 2, 3}}}}, "shape ?x3, and it was given 3"}}) {
    const core::Error error = error_of([&] { session->run(c.inputs); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), HasSubstr(c.words));
    EXPECT_THAT(error.what(), HasSubstr("sum.onnx"));
  }
}

TEST(OnnxSession, TooFewValuesAreNeverReadBeyond) {
  const Tensors short_of_one = {{"a", {{1, 3}, {1, 2}}}, {"b", {{1, 3}, {1, 2, 3}}}};
  EXPECT_EQ(error_of([&] { open_onnx(model("sum.onnx"))->run(short_of_one); }).code(), ErrorCode::internal);
}

TEST(OnnxSession, AModelThatFailsIsAnErrorWithItsName) {
  const core::Error error =
      error_of([] { open_onnx(model("only_sevens.onnx"))->run({{"a", {{3}, {1, 2, 3}}}}); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_input);
  EXPECT_THAT(error.what(), HasSubstr("only_sevens.onnx failed"));
}

TEST(OnnxSession, AStopEndsARun) {
  const auto session = open_onnx(model("endless.onnx"));
  std::stop_source stop;
  const std::jthread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const Tensor matrix{{64, 64}, std::vector<float>(64UL * 64, 0.01F)};
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(error_of([&] { session->run({{"a", matrix}}, stop.get_token()); }).code(), ErrorCode::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(OnnxSession, AStopBeforeTheRunEndsIt) {
  std::stop_source stop;
  stop.request_stop();
  const Tensor matrix{{64, 64}, std::vector<float>(64UL * 64, 0.01F)};
  EXPECT_EQ(
      error_of([&] { open_onnx(model("endless.onnx"))->run({{"a", matrix}}, stop.get_token()); }).code(),
      ErrorCode::cancelled);
}

TEST(OnnxProviders, EachThatIsListedComputes) {
  const std::vector<std::string> providers = execution_providers();
  EXPECT_THAT(providers, ::testing::Contains("cpu"));
  for (const std::string& provider : providers) {
    const auto session = open_onnx(model("sum.onnx"), {.provider = provider, .threads = 2});
    const Tensors out = session->run({{"a", {{1, 3}, {1, 2, 3}}}, {"b", {{1, 3}, {1, 1, 1}}}});
    EXPECT_THAT(out.at("out").values, ::testing::ElementsAre(3, 4, 5)) << provider;
  }
}

TEST(OnnxProviders, OneThatIsNotThereIsNamedWithThoseThatAre) {
  const core::Error error = error_of([] { open_onnx(model("sum.onnx"), {.provider = "abacus"}); });
  EXPECT_EQ(error.code(), ErrorCode::unavailable);
  EXPECT_THAT(error.what(), HasSubstr("'abacus' here; use one of: cpu"));
}

TEST(OnnxTensor, CountsAndTellsShapes) {
  EXPECT_EQ(value_count({}), 1U);
  EXPECT_EQ(value_count({2, 3, 4}), 24U);
  EXPECT_EQ(value_count({2, 0, 4}), 0U);
  EXPECT_THROW(value_count({-1, 3}), core::Error);
  EXPECT_THROW(value_count({1L << 40, 1L << 40}), core::Error);
  EXPECT_EQ(text_of({1, 3, -1, 640}), "1x3x?x640");
  EXPECT_EQ(text_of({}), "scalar");
}

}  // namespace
}  // namespace reelwright::inference
