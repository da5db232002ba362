#include "speech/transcriber.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "material/speech.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using material::speak;
using material::Speech;

class TranscriberTest : public ::testing::Test {
 protected:
  transcript::Transcript transcribe(const std::vector<float>& samples) {
    const auto file = folder_ / "sound.wav";
    material::write_speech(file, samples);
    warnings_.clear();
    return make_transcriber()->transcribe(file, "en", {}, warnings_);
  }

  bool warned(std::string_view code) const {
    return std::ranges::contains(warnings_, code, &core::Warning::code);
  }

  testing::TemporaryFolder folder_;
  std::vector<core::Warning> warnings_;
};

std::string text_of(const transcript::Transcript& transcript) {
  std::string text;
  for (const auto& word : transcript.words()) text += word.text + " ";
  return text;
}

TEST_F(TranscriberTest, HearsWordsWhereTheyWereSpoken) {
  Speech speech;
  speech.add_silence(2s);
  speech.add(speak("good morning and welcome to the meeting"));
  const auto words = transcribe(speech.samples).words();
  for (const std::string text : {"good", "morning", "welcome", "meeting"}) {
    const auto spoken = std::ranges::find(speech.words, text, &Speech::Word::text);
    const auto heard = std::ranges::find(words, text, &transcript::Word::text);
    ASSERT_NE(spoken, speech.words.end());
    ASSERT_NE(heard, words.end()) << text;
    EXPECT_NEAR(core::to_seconds(heard->start), core::to_seconds(spoken->start), 0.1) << text;
    EXPECT_EQ(heard->timing, transcript::Timing::recognised);
  }
}

TEST_F(TranscriberTest, TimesRunForwardAndSegmentsBreakAtPauses) {
  Speech speech = speak("the first part is about the weather");
  speech.add_silence(1500ms);
  speech.add(speak("the second part is about the money"));
  const auto transcript = transcribe(speech.samples);
  ASSERT_EQ(transcript.segments.size(), 2U);
  core::Time last{};
  for (const auto& word : transcript.words()) {
    EXPECT_LE(last, word.start);
    EXPECT_LE(word.start, word.end);
    EXPECT_GE(word.probability, 0);
    EXPECT_LE(word.probability, 1);
    EXPECT_EQ(word.text.find_first_of("<>[]()"), std::string::npos) << word.text;
    last = word.start;
  }
}

// A sum of harmonics of `pitch(t)` Hz, shaped by `loudness(t)`.
template <class Pitch, class Loudness>
std::vector<float> tones(double seconds, Pitch pitch, Loudness loudness) {
  std::vector<float> samples = material::white_noise(core::from_seconds(seconds), 0.001F);
  double phase = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / 16000;
    phase += 2 * std::numbers::pi * pitch(t) / 16000;
    for (int harmonic = 1; harmonic <= 6; ++harmonic) {
      samples[i] += static_cast<float>(0.15 * loudness(t) * std::sin(phase * harmonic) / harmonic);
    }
  }
  return samples;
}

TEST_F(TranscriberTest, MakesNoWordsOfAMelody) {
  constexpr std::array notes = {220, 262, 330, 294, 440, 392, 247, 349};
  const auto melody = tones(
      15, [&](double t) { return notes[static_cast<std::size_t>(t / 0.4) % notes.size()]; },
      [](double t) { return std::exp(-3 * std::fmod(t, 0.4)); });
  EXPECT_EQ(text_of(transcribe(melody)), "");
  EXPECT_TRUE(warned("no_speech"));
}

TEST_F(TranscriberTest, RefusesLanguagesItDoesNotKnow) {
  const auto file = folder_ / "sound.wav";
  material::write_speech(file, std::vector<float>(16000, 0.0F));
  for (const char* language : {"de", "pt-BR", "zh_CN", "enm"}) {
    EXPECT_THROW(make_transcriber()->transcribe(file, language, {}, warnings_), core::Error) << language;
  }
  for (const char* language : {"en", "en-GB", "EN_us", ""}) {
    EXPECT_NO_THROW(make_transcriber()->transcribe(file, language, {}, warnings_)) << language;
  }
}

}  // namespace
}  // namespace reelwright::speech
