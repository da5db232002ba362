#include "media/wav_writer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "media/audio_reader.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

namespace fs = std::filesystem;

class WavWriterTest : public ::testing::Test {
 protected:
  std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
  }

  testing::TemporaryFolder folder;
};

template <typename Number>
Number number_at(const std::string& bytes, std::size_t at) {
  Number number{};
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

TEST_F(WavWriterTest, WritesTheHeaderThatEveryPlayerKnows) {
  WavWriter writer(folder / "a.wav", 44100, 2);
  writer.write(std::vector{0.0F, 1.0F, -1.0F, 0.5F});
  writer.close();
  const std::string bytes = core::read_file(folder / "a.wav", 1000);
  ASSERT_EQ(bytes.size(), 44U + 8);
  EXPECT_EQ(bytes.substr(0, 4), "RIFF");
  EXPECT_EQ(number_at<std::uint32_t>(bytes, 4), bytes.size() - 8);
  EXPECT_EQ(bytes.substr(8, 8), "WAVEfmt ");
  EXPECT_EQ(number_at<std::uint16_t>(bytes, 20), 1) << "PCM";
  EXPECT_EQ(number_at<std::uint16_t>(bytes, 22), 2) << "channels";
  EXPECT_EQ(number_at<std::uint32_t>(bytes, 24), 44100U);
  EXPECT_EQ(number_at<std::uint32_t>(bytes, 28), 44100U * 4) << "bytes a second";
  EXPECT_EQ(number_at<std::uint16_t>(bytes, 34), 16) << "bits a sample";
  EXPECT_EQ(bytes.substr(36, 4), "data");
  EXPECT_EQ(number_at<std::uint32_t>(bytes, 40), 8U);
  EXPECT_EQ(number_at<std::int16_t>(bytes, 44), 0);
  EXPECT_EQ(number_at<std::int16_t>(bytes, 46), 32767);
  EXPECT_LE(number_at<std::int16_t>(bytes, 48), -32767);
}

TEST_F(WavWriterTest, WhatIsTooLoudIsClippedAndDoesNotWrapAround) {
  WavWriter writer(folder / "a.wav", 16000, 1);
  writer.write(std::vector{1.5F, -1.5F, 100.0F});
  writer.close();
  const std::string bytes = core::read_file(folder / "a.wav", 1000);
  EXPECT_EQ(number_at<std::int16_t>(bytes, 44), 32767);
  EXPECT_LE(number_at<std::int16_t>(bytes, 46), -32767);
  EXPECT_EQ(number_at<std::int16_t>(bytes, 48), 32767);
}

TEST_F(WavWriterTest, NothingIsLeftWithoutAClose) {
  {
    WavWriter writer(folder / "a.wav", 16000, 1);
    writer.write(std::vector<float>(1000, 0.5F));
  }
  EXPECT_EQ(entries(), 0);
}

TEST_F(WavWriterTest, ManyPiecesMakeOneFile) {
  WavWriter writer(folder / "a.wav", 16000, 1);
  for (int i = 0; i < 100; ++i) writer.write(std::vector<float>(333, 0.25F));
  writer.close();
  EXPECT_EQ(entries(), 1);
  AudioReader reader(folder / "a.wav", {.sample_rate = 16000, .channels = 1});
  std::vector<float> samples(40000);
  std::size_t count = 0;
  while (const std::size_t got = reader.read(samples)) {
    for (std::size_t i = 0; i < got; ++i) ASSERT_NEAR(samples[i], 0.25, 1e-3);
    count += got;
  }
  EXPECT_EQ(count, 33300U);
}

TEST_F(WavWriterTest, AFolderThatIsMissingIsSaidAtOnce) {
  try {
    const WavWriter writer(folder / "none" / "a.wav", 16000, 1);
    FAIL() << "wrote into nowhere";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::not_found);
  }
}

}  // namespace
}  // namespace reelwright::media
