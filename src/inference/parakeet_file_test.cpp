#include "inference/parakeet_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>

#include "core/files.h"
#include "inference/file_kind.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path models = TEST_MODELS;
constexpr std::size_t first_number = 4;  // behind the magic; each has four bytes
constexpr std::size_t numbers = 15;

class ParakeetFiles : public ::testing::Test {
 protected:
  ParakeetLook look(const std::string& content) const {
    const auto file = folder / "model.bin";
    core::write_file(file, content);
    return look_at_parakeet(file);
  }
  static std::string with(std::string content, std::size_t at, std::uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) content[at + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
    return content;
  }

  testing::TemporaryFolder folder;
  const std::string whole = core::read_file(models / "parakeet.bin", 1 << 20);
};

TEST_F(ParakeetFiles, AWholeOneTellsItsShape) {
  const ParakeetLook found = look(whole);
  EXPECT_EQ(found.problem, "");
  ASSERT_TRUE(found.shape);
  EXPECT_FALSE(found.shape->knows_many_languages());
  EXPECT_EQ(found.shape->text_state, 32U);
  EXPECT_TRUE(look_at_parakeet(models / "parakeet_many.bin").shape->knows_many_languages());
}

TEST_F(ParakeetFiles, TheKindIsKnownByTheHeader) {
  EXPECT_TRUE(look_at(models / "parakeet.bin").is_parakeet);
  EXPECT_FALSE(look_at(models / "parakeet.bin").is_whisper);
  EXPECT_FALSE(look_at(models / "whisper.bin").is_parakeet);
  EXPECT_EQ(kind_problem(models / "parakeet.bin", "parakeet.bin", Format::ggml), "");
  EXPECT_EQ(look_at_parakeet(models / "whisper.bin").problem, "a Whisper model, not a Parakeet model");
}

TEST_F(ParakeetFiles, EveryCutIsSeen) {
  for (std::size_t size = first_number + 4 * numbers; size < whole.size(); size += 499) {
    const ParakeetLook cut = look(whole.substr(0, size));
    EXPECT_TRUE(cut.cut_short) << size << " " << cut.problem;
    EXPECT_FALSE(cut.shape);
  }
  EXPECT_TRUE(look(whole.substr(0, whole.size() - 1)).cut_short);
}

TEST_F(ParakeetFiles, ShapesThatNoneHasAreNamed) {
  const std::tuple<std::size_t, std::uint32_t, const char*> rows[] = {
      {0, 8193, "vocabulary of 8193"},
      {0, 1000, "lists 1024 words in place of 1000"},
      {1, 100, "hears 100 frames"},
      {2, 7, "states of 7"},
      {3, 0, "0 attention heads"},
      {4, 25, "25 layers"},
      {5, 12, "12 bands"},
      {6, 77, "not known here (ggml's 77)"},
      {6, 8, "in blocks of 32"},
      {7, 256, "spectra of 256"},
      {8, 4, "joins 4 frames"},
      {9, 4'000'000'000U, "4000000000 channels"},
      {10, 4, "over 4 frames"},
      {11, 641, "text states of 641"},
      {12, 3, "3 layers of text"},
      {13, 6, "6 durations"},
      {14, 0, "0 words a frame"},
      {15, 9, "filters of 9 by 257"},
      {16, 256, "filters of 8 by 256"}};
  for (const auto& [number, value, said] : rows)
    EXPECT_THAT(look(with(whole, first_number + 4 * number, value)).problem,
                AllOf(HasSubstr("a ggml model "), HasSubstr(said)));
}

TEST_F(ParakeetFiles, WhatFollowsTheFiltersIsHeldToTheShape) {
  const std::size_t window = first_number + 4 * (numbers + 2) + std::size_t{4} * 8 * 257;
  EXPECT_THAT(look(with(whole, window, 513)).problem, HasSubstr("a window of 513 samples"));
  EXPECT_THAT(look(with(whole, window, 0)).problem, HasSubstr("a window of 0 samples"));
  const std::size_t durations = window + 4 + std::size_t{4} * 400;
  EXPECT_THAT(look(with(whole, durations, 0xFFFFFFFF)).problem, HasSubstr("a duration of 4294967295"));
  const std::size_t words = durations + std::size_t{4} * 5;
  EXPECT_THAT(look(with(whole, words, 1025)).problem, HasSubstr("lists 1025 words"));
  EXPECT_THAT(look(with(whole, words + 4, 5000)).problem, HasSubstr("word 0 has 5000 letters"));
  EXPECT_THAT(look(whole + std::string(100, 'x')).problem, HasSubstr("goes on behind its last tensor"));
}

/// The weights of NVIDIA's parakeet-tdt-0.6b-v3 in bytes.
std::uint64_t weights_of_v3(std::uint32_t file_type) {
  const auto tensors =
      parakeet_tensors({8192, 5000, 1024, 8, 24, 128, file_type, 512, 8, 256, 9, 640, 2, 5, 10});
  return std::accumulate(tensors.begin(), tensors.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const GgmlTensor& tensor) { return sum + bytes_of(tensor); });
}

// Of the files that ggml-org publishes; all else in them is the same.
TEST(ParakeetTensors, DifferInBytesAsThePublishedFilesDo) {
  constexpr std::uint64_t f16 = 1'255'897'319, q8_0 = 668'757'119, q4_k = 415'611'879;
  EXPECT_EQ(weights_of_v3(1) - weights_of_v3(7), f16 - q8_0);
  EXPECT_EQ(weights_of_v3(1) - weights_of_v3(12), f16 - q4_k);
  EXPECT_LT(f16 - weights_of_v3(1), 500'000U) << "filters, words and names of tensors";
}

}  // namespace
}  // namespace reelwright::inference
