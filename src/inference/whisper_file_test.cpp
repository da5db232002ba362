#include "inference/whisper_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/error.h"
#include "core/files.h"
#include "inference/file_kind.h"
#include "inference/test_models.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t first_number = 4;  // behind the magic; each has four bytes

class WhisperFiles : public ::testing::Test {
 protected:
  WhisperLook look(const std::string& content) const {
    const auto file = folder / "model.bin";
    core::write_file(file, content);
    return look_at_whisper(file);
  }
  /// With another value of the header's `number`-th number, counted from 0.
  std::string with(std::size_t number, std::uint32_t value) const {
    std::string changed = whole;
    for (unsigned i = 0; i < 4; ++i)
      changed[first_number + 4 * number + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
    return changed;
  }

  testing::TemporaryFolder folder;
  const std::string whole = testing::whisper_model();
};

TEST_F(WhisperFiles, AWholeOneTellsItsShape) {
  const WhisperLook found = look(whole);
  EXPECT_EQ(found.problem, "");
  ASSERT_TRUE(found.shape);
  EXPECT_TRUE(found.shape->knows_many_languages());
  EXPECT_EQ(found.shape->text_context, 64U);
}

TEST_F(WhisperFiles, OneThatWasWrittenByOthersIsWholeToo) {
  for (const char* name : {"whisper.bin", "whisper_many.bin", "whisper_loops.bin"}) {
    const WhisperLook found = look_at_whisper(std::filesystem::path(TEST_MODELS) / name);
    EXPECT_EQ(found.problem, "") << name;
  }
}

TEST_F(WhisperFiles, EveryCutIsSeen) {
  for (std::size_t size = first_number + 1; size < whole.size(); size += 997) {
    const WhisperLook cut = look(whole.substr(0, size));
    EXPECT_TRUE(cut.cut_short) << size << " " << cut.problem;
    EXPECT_FALSE(cut.shape);
  }
  EXPECT_TRUE(look(whole.substr(0, whole.size() - 1)).cut_short);
}

TEST_F(WhisperFiles, ShapesThatNoWhisperHasAreNamed) {
  const std::tuple<std::size_t, std::uint32_t, const char*> rows[] = {
      {0, 1000, "vocabulary of 1000"},
      {1, 1499, "hears 1499 frames"},
      {2, 2, "states of 2 and 1"},
      {2, 0, "states of 0 and 1"},
      {3, 0, "0 attention heads"},
      {7, 5, "5 attention heads over 1"},
      {4, 0, "0 layers"},
      {8, 4'000'000'000U, "4000000000 layers"},
      {5, 1, "writes 1 words"},
      {9, 79, "79 bands"},
      {10, 77, "not known here (ggml's 77)"},
      {10, 8, "in blocks of 32"},
      {11, 128, "filters of 128 by 201"},
      {12, 5, "filters of 80 by 5"}};
  for (const auto& [number, value, said] : rows)
    EXPECT_THAT(look(with(number, value)).problem, AllOf(HasSubstr("a ggml model "), HasSubstr(said)));
}

TEST_F(WhisperFiles, TensorsAreHeldToTheShape) {
  EXPECT_THAT(look(with(10, 0)).problem, HasSubstr("of type 1 instead of"));
  std::string changed = whole;
  changed[changed.find("encoder.conv1.bias")] = 'E';
  EXPECT_THAT(look(changed).problem, HasSubstr("a tensor Encoder.conv1.bias that does not belong"));
  EXPECT_THAT(look(whole + std::string(100, 'x')).problem, HasSubstr("goes on behind its last tensor"));
}

TEST_F(WhisperFiles, OtherKindsAreNoWhisper) {
  EXPECT_EQ(look(testing::gguf_model()).problem, "a GGUF model, not a ggml model");
  EXPECT_EQ(look("").problem, "empty, not a ggml model");
  EXPECT_THROW(look_at_whisper(folder / "none"), core::Error);
}

TEST(WhisperTensors, AreAsManyAsWhisperCppCounts) {
  // 5 and 2 tensors around an encoder of 15 tensors a layer, 4 around a decoder of 24.
  const WhisperShape base{51865, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 1};
  EXPECT_EQ(shape_problem(base), "");
  EXPECT_EQ(whisper_tensors(base).size(), 7U + 15 * 6 + 4 + 24 * 6);
}

TEST(WhisperTensors, TakeTheBytesOfTheirStorage) {
  EXPECT_EQ(bytes_of({"a", {64, 2, 1, 1}, 0}), 512U);
  EXPECT_EQ(bytes_of({"a", {64, 2, 1, 1}, 1}), 256U);
  EXPECT_EQ(bytes_of({"a", {64, 2, 1, 1}, 6}), 88U) << "five bits and a scale for 32 numbers";
}

}  // namespace
}  // namespace reelwright::inference
