#include "language/llama_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "language/test_llama.h"
#include "support/media_fixture.h"

namespace reelwright::language {
namespace {

using core::Error;
using core::ErrorCode;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Prompt question() {
  return {.task = "Say a word.",
          .data = R"({"x":1})",
          .schema = {.properties = {property("word", {.type = Schema::Type::string, .most = 12})}},
          .stage = "ranking"};
}

std::string refused(const LlamaModel::Options& options, ErrorCode code) {
  try {
    LlamaModel(options).ask(question(), {});
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.what();
  }
  return {};
}

std::string refused(const std::filesystem::path& file, ErrorCode code = ErrorCode::invalid_input) {
  return refused(LlamaModel::Options{.file = file}, code);
}

TEST(LlamaModel, IsNamedByItsBytes) {
  EXPECT_THAT(LlamaModel({.file = llama_fixture("llama.gguf")}).name(),
              AllOf(StartsWith("llama.cpp "), HasSubstr(" llama.gguf (sha256 ")));
}

TEST(LlamaModel, AnyTemplateWillDo) {
  for (const char* name : {"llama.gguf", "llama_plain.gguf", "llama_strange.gguf", "llama_loose.gguf"})
    EXPECT_EQ(misfit(LlamaModel({.file = llama_fixture(name)}).ask(question(), {}), question().schema), "")
        << name;
}

TEST(LlamaModel, TellsHowFarItIs) {
  std::vector<double> told;
  LlamaModel({.file = llama_fixture("llama.gguf")})
      .ask(question(), {.stop = {}, .progress = [&](double done) { told.push_back(done); }});
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_GT(told.size(), 5U);
  EXPECT_EQ(told.back(), 1);
}

TEST(LlamaModel, WhatIsNoSuchFileIsSaid) {
  EXPECT_THAT(refused(llama_fixture("llama_cut.gguf")),
              AllOf(HasSubstr("LANGUAGE_MODEL_NAME"), HasSubstr("llama_cut.gguf is cut short")));
  EXPECT_THAT(refused(llama_fixture("whisper.bin")), HasSubstr("is a ggml model, not a GGUF model"));
  EXPECT_THAT(refused(llama_fixture("sum.onnx")), HasSubstr("is an ONNX model, not a GGUF model"));
  EXPECT_THAT(refused(llama_fixture("bert.gguf")), HasSubstr("does not write (bert)"));
  const testing::TemporaryFolder folder;
  const std::string whole = core::read_file(llama_fixture("llama.gguf"), 1 << 20);
  core::write_file(folder / "m.gguf", whole.substr(0, whole.size() - 100));
  EXPECT_THAT(refused(folder / "m.gguf"), HasSubstr("corrupted or incomplete"))
      << "cut within its last tensor";
  refused(llama_fixture("no_such.gguf"), ErrorCode::not_found);
  refused(TEST_MODELS);
}

TEST(LlamaModel, WhatTheLibraryDoesNotKnowIsSaidInItsWords) {
  const testing::TemporaryFolder folder;
  std::string bytes = core::read_file(llama_fixture("llama.gguf"), 1 << 20);
  for (auto at = bytes.find("llama"); at != std::string::npos; at = bytes.find("llama", at))
    bytes.replace(at, 5, "lorem");
  core::write_file(folder / "m.gguf", bytes);
  EXPECT_THAT(refused(folder / "m.gguf"),
              AllOf(HasSubstr("LANGUAGE_MODEL_NAME"), HasSubstr("unknown model architecture: 'lorem'")));
}

TEST(LlamaModel, TheContextIsBoundedBySettingAndModel) {
  EXPECT_THAT(refused({.file = llama_fixture("llama.gguf"), .longest_context = 100}, ErrorCode::too_large),
              AllOf(HasSubstr("holds 100"), HasSubstr("LANGUAGE_CONTEXT")));
  EXPECT_THAT(refused(llama_fixture("llama_short.gguf"), ErrorCode::too_large), HasSubstr("holds 64"));
}

TEST(LlamaModel, AnAnswerThatTheContextCutsOffNamesIt) {
  LlamaModel::Options options{.file = llama_fixture("llama.gguf"), .longest_context = 300};
  Prompt prompt = question();
  prompt.schema.properties.front().most.reset();
  try {
    LlamaModel(options).ask(prompt, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::too_large);
    EXPECT_THAT(std::string(error.what()), HasSubstr("LANGUAGE_CONTEXT"));
  }
}

// With weights that were trained: REELWRIGHT_TEST_MODELS names a folder with a chat model in GGUF format.
TEST(LlamaModel, AWholeModelDoesAsItIsAsked) {
  const char* folder = std::getenv("REELWRIGHT_TEST_MODELS");
  if (!folder) GTEST_SKIP() << "REELWRIGHT_TEST_MODELS names no folder of models";
  std::filesystem::path file;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".gguf" && entry.path().filename().string().contains("nstruct"))
      file = entry.path();
  if (file.empty()) GTEST_SKIP() << "no *nstruct*.gguf in " << folder;
  const Prompt prompt{
      .task =
          "The user's message is JSON. Write `city` in capital letters as `capitals`, and how "
          "many letters it has as `letters`.",
      .data = R"({"city":"Paris"})",
      .schema = {.properties = {property("capitals", {.type = Schema::Type::string, .most = 40}),
                                property("letters",
                                         {.type = Schema::Type::integer, .least = 0, .most = 99})}},
      .stage = "ranking"};
  EXPECT_THAT(LlamaModel({.file = file}).ask(prompt, {}), HasSubstr("PARIS"));
}

}  // namespace
}  // namespace reelwright::language
