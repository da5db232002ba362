// What every transcriber holds to, whatever it understands (`Transcriber`).

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>

#include "core/wav.h"
#include "material/speech.h"
#include "speech/transcriber.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using material::speak;
using material::Speech;

/// A server that hears a word every 0.4 s.
class Talkative : public net::Transport {
 public:
  net::ApiAnswer post(const net::ApiRequest& request, const std::stop_token&) override {
    const double length = core::wav_seconds(request.sound).value();
    std::string text, words;
    for (int number = 0; 0.4 * number + 0.3 < length; ++number) {
      words += fmt::format(R"({}{{"word":"w{}","start":{},"end":{}}})", number == 0 ? "" : ",", number,
                           0.4 * number, 0.4 * number + 0.3);
      text += fmt::format("{}W{},", number == 0 ? "" : " ", number);
    }
    return {.status = 200,
            .body = fmt::format(R"({{"language":"english","text":"{}","words":[{}]}})", text, words)};
  }
};

class EveryTranscriber : public ::testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<Transcriber> make() const {
    TranscriberOptions options;
    options.engine = GetParam();
    if (options.engine == "whisper" || options.engine == "parakeet")
      options.model = std::filesystem::path(TEST_MODELS) / (options.engine + ".bin");
    return make_transcriber(options, &server_);
  }

  std::filesystem::path file_of(const std::vector<float>& samples) const {
    auto file = folder_ / "sound.wav";
    material::write_speech(file, samples);
    return file;
  }

  transcript::Transcript transcribe(const std::vector<float>& samples, unsigned threads = 2) {
    core::Context context;
    context.threads = threads;
    warnings_.clear();
    return make()->transcribe(file_of(samples), "en", context, warnings_);
  }

  bool warned(std::string_view code) const {
    return std::ranges::contains(warnings_, code, &core::Warning::code);
  }

  testing::TemporaryFolder folder_;
  std::vector<core::Warning> warnings_;
  mutable Talkative server_;
};

INSTANTIATE_TEST_SUITE_P(Engines, EveryTranscriber,
                         ::testing::Values("pocketsphinx", "whisper", "parakeet", "openai"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST_P(EveryTranscriber, WordsRunForwardWithinTheSoundAndSegmentsEndAtPauses) {
  Speech speech;
  speech.add_silence(1s);
  speech.add(speak("the first part is about the weather and about nothing else"));
  speech.add_silence(1500ms);
  speech.add(speak("the second part is about the money that all of it will cost"));
  const auto transcript = transcribe(speech.samples);
  ASSERT_FALSE(transcript.empty());
  EXPECT_EQ(transcript.language, "en");
  core::Time last{};
  for (const auto& segment : transcript.segments) {
    ASSERT_FALSE(segment.words.empty());
    EXPECT_EQ(segment.start, segment.words.front().start);
    for (const auto& word : segment.words) {
      EXPECT_LE(last, word.start);
      EXPECT_LE(word.start, word.end);
      EXPECT_LE(word.end, segment.end);
      EXPECT_LT(word.start - last, segment.start == word.start ? 1h : 600ms) << word.text;
      EXPECT_GE(word.probability, 0);
      EXPECT_LE(word.probability, 1);
      EXPECT_EQ(word.timing, transcript::Timing::recognised);
      EXPECT_FALSE(word.text.empty());
      EXPECT_EQ(word.text.find_first_of("<>[]() "), std::string::npos) << word.text;
      last = word.end;
    }
  }
  EXPECT_GE(transcript.words().front().start, 600ms) << "nobody speaks before";
  EXPECT_LE(last, speech.duration());
}

TEST_P(EveryTranscriber, IsTheSameForAnyNumberOfThreads) {
  Speech speech;
  for (const char* text : {"the people of the city wanted a new school", "nobody knew how much it would cost",
                           "in the end they asked the government", "and the government said no"}) {
    speech.add(speak(text));
    speech.add_silence(3s);
  }
  const auto one = transcribe(speech.samples, 1);
  const auto three = transcribe(speech.samples, 3);
  EXPECT_FALSE(one.empty());
  const auto a = one.words();
  const auto b = three.words();
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].text, b[i].text);
    EXPECT_EQ(a[i].start, b[i].start);
    EXPECT_EQ(a[i].end, b[i].end);
    EXPECT_DOUBLE_EQ(a[i].probability, b[i].probability);
  }
}

TEST_P(EveryTranscriber, SaysThatThereIsNoSpeech) {
  EXPECT_TRUE(transcribe(std::vector<float>(16000 * 5, 0.0F)).empty());
  EXPECT_TRUE(warned("no_speech"));
  EXPECT_TRUE(transcribe(material::white_noise(5s, 0.1F)).empty());
  EXPECT_TRUE(warned("no_speech"));
}

TEST_P(EveryTranscriber, MakesNoWordsOfAMachineThatHums) {
  std::vector<float> hum = material::white_noise(15s, 0.001F);
  for (std::size_t i = 0; i < hum.size(); ++i) {
    const double t = static_cast<double>(i) / 16000;
    const double loudness = 0.6 + 0.4 * std::sin(2 * std::numbers::pi * 0.7 * t);
    for (int harmonic = 1; harmonic <= 6; ++harmonic)
      hum[i] += static_cast<float>(0.15 * loudness * std::sin(2 * std::numbers::pi * 120 * harmonic * t) /
                                   harmonic);
  }
  EXPECT_TRUE(transcribe(hum).empty());
}

TEST_P(EveryTranscriber, ReportsProgressForwardOnly) {
  Speech speech;
  for (int i = 0; i < 5; ++i) {
    speech.add(speak("this is some more of the same and of what went before it and will come after it"));
    speech.add(speak("this is some more of the same and of what went before it and will come after it"));
    speech.add_silence(3s);
  }
  std::vector<double> seen;
  core::Context context;
  context.progress = [&](double share) { seen.push_back(share); };
  make()->transcribe(file_of(speech.samples), "en", context, warnings_);
  EXPECT_GE(seen.size(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_DOUBLE_EQ(seen.back(), 1);
}

TEST_P(EveryTranscriber, StopsWithinASecond) {
  Speech speech;
  while (speech.duration() < 120s)
    speech.add(speak("a long talk about nothing in particular goes on and on"));
  std::stop_source stop;
  core::Context context;
  context.stop = stop.get_token();
  std::chrono::steady_clock::time_point asked;
  context.progress = [&](double) {  // stops while the workers are busy
    if (stop.request_stop()) asked = std::chrono::steady_clock::now();
  };
  try {
    make()->transcribe(file_of(speech.samples), "en", context, warnings_);
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - asked, 3s);  // generous: sanitizers, loaded machines
}

TEST_P(EveryTranscriber, AFileWithoutSoundHasNoSpeech) {
  const auto file = folder_ / "picture.mp4";
  testing::run_ffmpeg({"-f", "lavfi", "-i", "color=s=64x64:d=1"}, file);
  EXPECT_TRUE(make()->transcribe(file, "en", {}, warnings_).empty());
  EXPECT_TRUE(warned("no_speech"));
}

}  // namespace
}  // namespace reelwright::speech
