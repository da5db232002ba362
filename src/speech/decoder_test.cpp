#include "speech/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "material/speech.h"
#include "speech/frame_analyser.h"

namespace reelwright::speech {
namespace {

std::vector<std::int16_t> spoken(const std::string& text) {
  const auto speech = material::speak(text);
  std::vector<std::int16_t> samples(speech.samples.size());
  std::ranges::transform(speech.samples, samples.begin(), to_int16);
  return samples;
}

TEST(Decoder, GivesTheSameWhateverCameBefore) {
  const auto first = spoken("the people of this city want a better school");
  const auto other = spoken("no");
  Decoder fresh(Decoder::Task::recognise);
  Decoder used(Decoder::Task::recognise);
  used.recognise(other, {});
  used.recognise(std::vector<std::int16_t>(8000, 0), {});
  const auto expected = fresh.recognise(first, {});
  EXPECT_GE(expected.size(), 6U);
  EXPECT_EQ(used.recognise(first, {}), expected);
  EXPECT_EQ(fresh.recognise(first, {}), expected);
}

TEST(Decoder, AlignsTheSameWhateverCameBefore) {
  const auto sound = spoken("the people of this city");
  const std::vector<std::string> words = {"the", "people", "of", "this", "city"};
  Decoder fresh(Decoder::Task::align);
  Decoder used(Decoder::Task::align);
  const std::string no = "no";
  used.align(spoken("no"), std::span(&no, 1), {});
  const auto expected = fresh.align(sound, words, {});
  ASSERT_EQ(expected.size(), words.size());
  EXPECT_EQ(used.align(sound, words, {}), expected);
}

TEST(Decoder, FitTellsRightWordsFromWrongOnes) {
  const auto sound = spoken("the people of this city");
  Decoder decoder(Decoder::Task::align);
  const std::vector<std::string> right = {"the", "people", "of", "this", "city"};
  const auto found = decoder.align(sound, right, {});
  ASSERT_EQ(found.size(), right.size());
  for (const auto& word : found) EXPECT_GT(word.fit, -6.5) << word.text;
  const std::vector<std::string> wrong = {"machine", "question", "carpet", "yellow", "with"};
  for (const auto& word : decoder.align(sound, wrong, {})) EXPECT_LT(word.fit, -6.5) << word.text;
}

TEST(Decoder, MakesNothingOfNothing) {
  Decoder recogniser(Decoder::Task::recognise);
  EXPECT_TRUE(recogniser.recognise({}, {}).empty());
  EXPECT_TRUE(recogniser.recognise(std::vector<std::int16_t>(16000, 0), {}).empty());
  Decoder aligner(Decoder::Task::align);
  EXPECT_TRUE(aligner.align(std::vector<std::int16_t>(16000, 0), {}, {}).empty());
  const std::string unknown = "zyxgloop";
  EXPECT_TRUE(aligner.align(spoken("no"), std::span(&unknown, 1), {}).empty());
}

TEST(Decoder, StopsAtOnce) {
  Decoder decoder(Decoder::Task::recognise);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(decoder.recognise(spoken("the people of this city"), stop.get_token()), core::Error);
}

// On a machine of many cores as many decoders are made one after the other when a run begins.
TEST(Decoder, IsNotMadeAfterAStop) {
  std::stop_source stop;
  stop.request_stop();
  try {
    const Decoder decoder(Decoder::Task::recognise, stop.get_token());
    FAIL() << "was made";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace reelwright::speech
