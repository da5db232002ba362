#include "speech/chunker.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "material/speech.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using material::speak;
using material::Speech;

Chunker::Source from(std::vector<float> samples) {
  return [samples = std::move(samples), at = std::size_t{0}](std::span<float> into) mutable {
    const std::size_t count = std::min(into.size(), samples.size() - at);
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
    at += count;
    return count;
  };
}

std::vector<Chunk> chunks_of(std::vector<float> samples) {
  Chunker chunker(from(std::move(samples)), {});
  std::vector<Chunk> chunks;
  while (auto chunk = chunker.next()) chunks.push_back(std::move(*chunk));
  return chunks;
}

TEST(Chunker, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(chunks_of({}).empty());
  EXPECT_TRUE(chunks_of(std::vector<float>(960'000, 0.0F)).empty());
}

TEST(Chunker, FindsNothingInSteadyNoise) {
  EXPECT_TRUE(chunks_of(material::white_noise(60s, 0.001F)).empty());
  EXPECT_TRUE(chunks_of(material::white_noise(60s, 0.2F)).empty());
}

TEST(Chunker, DropsClicksThatHoldNoVoice) {
  auto samples = material::white_noise(30s, 0.0005F);
  for (std::size_t at = 16000; at < samples.size(); at += 48000) samples[at] = samples[at + 1] = 0.9F;
  EXPECT_TRUE(chunks_of(samples).empty());
}

TEST(Chunker, SurvivesValuesThatAreNoSound) {
  EXPECT_TRUE(chunks_of(std::vector<float>(32000, NAN)).empty());
  EXPECT_TRUE(chunks_of(std::vector<float>(32000, INFINITY)).empty());
}

TEST(Chunker, SkipsLongSilenceAndKeepsTheWholeOfTheSpeech) {
  Speech speech;
  speech.add_silence(7s);
  const core::Time first = speech.duration();
  speech.add(speak("Nobody said a word about the harbour."));
  const core::Time first_end = speech.duration();
  speech.add_silence(20s);
  const core::Time second = speech.duration();
  speech.add(speak("Then everybody spoke at once."));
  const auto chunks = chunks_of(speech.samples);
  ASSERT_EQ(chunks.size(), 2U);
  // flite itself begins and ends with a little silence.
  EXPECT_LT(chunks[0].start, first + 300ms);
  EXPECT_GT(chunks[0].start, first - 500ms);
  EXPECT_GT(chunks[0].end(), first_end - 400ms);
  EXPECT_LT(chunks[0].end(), first_end + 500ms);
  EXPECT_NEAR(core::to_seconds(chunks[1].start), core::to_seconds(second), 0.5);
}

TEST(Chunker, HearsSpeechOverALoudFan) {
  Speech speech = speak("The engine was running while she explained the plan to the others.");
  const auto fan = material::white_noise(speech.duration(), 0.01F);
  for (std::size_t i = 0; i < fan.size(); ++i) speech.samples[i] += fan[i];
  const auto chunks = chunks_of(speech.samples);
  ASSERT_EQ(chunks.size(), 1U);
  EXPECT_GT(core::to_seconds(chunks[0].end() - chunks[0].start), 0.7 * core::to_seconds(speech.duration()));
}

TEST(Chunker, CutsLongSpeechIntoPiecesThatMeet) {
  Speech speech;
  while (speech.duration() < 60s)
    speech.add(speak("And another sentence follows the one before without any rest."));
  const auto chunks = chunks_of(speech.samples);
  ASSERT_GE(chunks.size(), 5U);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    EXPECT_LE(chunks[i].end() - chunks[i].start, 12s);
    if (i > 0) {
      EXPECT_EQ(chunks[i].start, chunks[i - 1].end());
    }
  }
}

TEST(Chunker, HoldsNoMoreThanAChunkHoweverLongTheStream) {
  std::size_t reads = 0;
  Chunker chunker(
      [&](std::span<float> into) {
        std::ranges::fill(into, 0.0F);
        return ++reads > 7200 ? 0 : into.size();  // an hour
      },
      {});
  EXPECT_FALSE(chunker.next());
  EXPECT_EQ(chunker.position(), 3600s);
}

TEST(Chunker, PassesOnWhatTheSourceThrows) {
  Chunker chunker([](std::span<float>) -> std::size_t { throw std::runtime_error("gone"); }, {});
  EXPECT_THROW(chunker.next(), std::runtime_error);
}

}  // namespace
}  // namespace reelwright::speech
