#include "language/onnx_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <thread>

#include "core/error.h"
#include "core/files.h"
#include "language/test_embedders.h"
#include "language/vectors.h"
#include "support/media_fixture.h"

namespace reelwright::language {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

core::Error fault_of(const std::filesystem::path& file) {
  try {
    OnnxEmbedder(file, {});
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorCode::internal, "it was taken"};
}

TEST(OnnxEmbedder, VectorsAreTheKnownOnes) {
  OnnxEmbedder embedder(test_model("embedder.onnx"), {});
  const Embeddings made = embedder.embed({"rose garden", "rose engine the"});
  // Rows of the table: rose (1,0,0,.3,0,0,..), garden (1,0,0,0,0,.3), engine (0,1,0,.3), the (..,.1); [CLS]
  // and [SEP] are zeros, and means are scaled to length 1.
  const double first = std::sqrt(4 + 2 * 0.09);
  const double second = std::sqrt(1 + 1 + 0.36 + 0.01);
  const std::vector<double> expected[] = {{2 / first, 0, 0, 0.3 / first, 0, 0.3 / first, 0, 0},
                                          {1 / second, 1 / second, 0, 0.6 / second, 0, 0, 0, 0.1 / second}};
  ASSERT_EQ(made.width, 8U);
  for (std::size_t text = 0; text < 2; ++text)
    for (std::size_t i = 0; i < 8; ++i)
      EXPECT_NEAR(made[text][i], expected[text][i], 1e-5) << text << " " << i;
}

TEST(OnnxEmbedder, IsNamedAfterItsFilesBytes) {
  const testing::TemporaryFolder folder;
  const auto named = [&](const char* model, const char* tokenizer) {
    for (const auto& [from, to] : {std::pair(model, "m.onnx"), std::pair(tokenizer, "m.onnx.vocab.txt")})
      std::filesystem::copy_file(test_model(from), folder / to,
                                 std::filesystem::copy_options::overwrite_existing);
    return OnnxEmbedder(folder / "m.onnx", {}).name();
  };
  const std::string name = named("embedder_pooled.onnx", "embedder_pooled.onnx.vocab.txt");
  EXPECT_THAT(name, StartsWith("onnx m.onnx (sha256 "));
  EXPECT_NE(named("embedder_two_inputs.onnx", "embedder_pooled.onnx.vocab.txt"), name);
  core::write_file(folder / "other.txt",
                   core::read_file(test_model("embedder_fixed.onnx.vocab.txt"), 10000) + "x\n");
  std::filesystem::rename(folder / "other.txt", folder / "m.onnx.vocab.txt");
  std::filesystem::copy_file(test_model("embedder_pooled.onnx"), folder / "m.onnx",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(fault_of(folder / "m.onnx").code(), core::ErrorCode::invalid_input)
      << "a token more than it knows";
}

TEST(OnnxEmbedder, TheTokenizerOfTheModelGoesBeforeThatOfTheFolder) {
  const testing::TemporaryFolder folder;
  for (const char* name : {"a.onnx", "vocab.txt", "tokenizer.json", "b.onnx.vocab.txt"})
    core::write_file(folder / name, "");
  EXPECT_EQ(tokenizer_file(folder / "a.onnx"), folder / "tokenizer.json");
  EXPECT_EQ(tokenizer_file(folder / "b.onnx"), folder / "b.onnx.vocab.txt");
  core::write_file(folder / "b.onnx.tokenizer.json", "");
  EXPECT_EQ(tokenizer_file(folder / "b.onnx"), folder / "b.onnx.tokenizer.json");
}

TEST(OnnxEmbedder, SaysWhatIsWrongWithAModel) {
  const testing::TemporaryFolder folder;
  std::filesystem::copy_file(test_model("embedder_alone.onnx"), folder / "embedder_alone.onnx");
  struct Case {
    std::filesystem::path file;
    core::ErrorCode code;
    const char* words;
  };
  using enum core::ErrorCode;
  for (const Case& c :
       {Case{test_model("embedder_cut_short.onnx"), invalid_input, "only a part of one"},
        Case{test_model("text.onnx"), invalid_input, "no ONNX model"},
        Case{test_model("yunet.onnx"), invalid_input, "its inputs are input, not input_ids"},
        Case{test_model("embedder_other_inputs.onnx"), invalid_input,
             "its inputs are pixels, attention_mask"},
        Case{test_model("embedder_int32.onnx"), invalid_input, "of int32, not texts x tokens of int64"},
        Case{test_model("embedder_of_a_batch.onnx"), invalid_input, "of_a_batch is scalar of float"},
        Case{test_model("embedder_pairs.onnx"), invalid_input, "2 texts at a time"},
        Case{test_model("embedder_few_words.onnx"), invalid_input, "are the two of one model?"},
        Case{test_model("embedder_unigram.onnx"), invalid_input, "Unigram, not WordPiece"},
        Case{folder / "embedder_alone.onnx", not_found, "has no tokenizer"},
        Case{test_model("no_such.onnx"), not_found, "no_such.onnx"}}) {
    const core::Error error = fault_of(c.file);
    EXPECT_EQ(error.code(), c.code) << c.file << ": " << error.what();
    EXPECT_THAT(error.what(), HasSubstr(c.words));
    EXPECT_THAT(error.what(), HasSubstr(c.file.filename().string()));
  }
}

TEST(OnnxEmbedder, AModelThatMakesNoNumbersIsRefused) {
  OnnxEmbedder embedder(test_model("embedder_no_numbers.onnx"), {});
  try {
    embedder.embed({"rose"});
    FAIL() << "NaN is no vector";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), HasSubstr("EMBEDDER_MODEL"));
  }
}

TEST(OnnxEmbedder, AStopEndsARunOfTheModel) {
  OnnxEmbedder embedder(test_model("embedder_endless.onnx"), {});
  EXPECT_EQ(embedder.embed({"rose"}).texts, 1U);
  std::stop_source stop;
  core::Context context;
  context.stop = stop.get_token();
  const std::jthread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop.request_stop();
  });
  try {
    embedder.embed({"forever"}, context);
    FAIL() << "it came to an end";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

// With weights that were trained: REELWRIGHT_TEST_MODELS names a folder with all-minilm-l6-v2/model.onnx and
// its tokenizer.json, or model.onnx itself.
TEST(OnnxEmbedderWithWeights, OrdersSentencesAsPeopleDo) {
  const char* folder = std::getenv("REELWRIGHT_TEST_MODELS");
  if (!folder) GTEST_SKIP() << "REELWRIGHT_TEST_MODELS names no folder of models";
  std::filesystem::path file;
  for (const char* name :
       {"embedder/all-minilm-l6-v2/model.onnx", "all-minilm-l6-v2/model.onnx", "model.onnx"})
    if (file.empty() && std::filesystem::exists(std::filesystem::path(folder) / name))
      file = std::filesystem::path(folder) / name;
  if (file.empty()) GTEST_SKIP() << "no all-minilm-l6-v2 in " << folder;
  OnnxEmbedder embedder(file, {.threads = 2});
  const Embeddings made =
      embedder.embed({"That is a happy person.", "That is a very happy person.", "That is a happy dog.",
                      "Today is a sunny day.", "Interest rates rose by half a percent.",
                      "The central bank made borrowing dearer."});
  EXPECT_EQ(made.width, 384U);
  const auto alike = [&](std::size_t a, std::size_t b) { return dot(made[a], made[b]); };
  EXPECT_GT(alike(0, 1), 0.9);
  EXPECT_GT(alike(0, 1), alike(0, 2));
  EXPECT_GT(alike(0, 2), alike(0, 3));
  EXPECT_GT(alike(4, 5), 0.4) << "they share no word";
  EXPECT_GT(alike(4, 5), alike(4, 3) + 0.2);
  // example).
  EXPECT_LT(alike(0, 4), 0.2);
}

}  // namespace
}  // namespace reelwright::language
