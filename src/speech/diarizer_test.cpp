#include "speech/diarizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "material/speech.h"
#include "speech/test_tones.h"
#include "speech/test_voices.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;

class Diarizing : public ::testing::Test {
 protected:
  DiarizerOptions options() const {
    return {.segmentation = test_model("voices.onnx"), .embedding = test_model("voice_embedding.onnx")};
  }

  std::vector<Turn> turns(const std::vector<Turn>& truth, core::Time length, const DiarizerOptions& options,
                          const core::Context& context = {}) const {
    material::write_speech(folder_ / "voices.wav", voices_of(truth, length));
    return Diarizer(options).turns(folder_ / "voices.wav", context);
  }

  testing::TemporaryFolder folder_;
};

/// Seconds of a grid of 10 ms at which they do not agree; speakers may have other numbers.
double disagreement(const std::vector<Turn>& truth, const std::vector<Turn>& found, core::Time length) {
  const auto speaks = [](const std::vector<Turn>& turns, std::size_t speaker, core::Time now) {
    return std::ranges::any_of(
        turns, [&](const Turn& turn) { return turn.speaker == speaker && turn.span.contains(now); });
  };
  double seconds = 0;
  for (core::Time now{}; now < length; now += 10ms)
    for (std::size_t speaker = 0; speaker < 8; ++speaker)
      if (speaks(truth, speaker, now) != speaks(found, speaker, now)) seconds += 0.01;
  return seconds;
}

/// The same voice at two thirds of its speed: lower, and from a longer throat.
material::Speech slowed(const material::Speech& speech) {
  material::Speech slow;
  for (std::size_t i = 0; i + 1 < speech.samples.size(); ++i) {
    const float here = speech.samples[i];
    const float next = speech.samples[i + 1];
    if (i % 2 == 0) {
      slow.samples.push_back(here);
      slow.samples.push_back(here + (next - here) * 2 / 3);
    } else {
      slow.samples.push_back(here + (next - here) / 3);
    }
  }
  return slow;
}

const std::vector<Turn> talk{{{1s, 6s}, 0},   {{6500ms, 9s}, 1}, {{9s, 17s}, 0},  {{18s, 26s}, 2},
                             {{24s, 33s}, 1}, {{34s, 40s}, 0},   {{41s, 47s}, 3}, {{48s, 54s}, 2}};

TEST_F(Diarizing, TellsWhoSpeaksWhen) {
  const auto found = turns(talk, 55s, options());
  EXPECT_LT(disagreement(talk, found, 55s), 1.5);
  EXPECT_EQ(std::ranges::max(found, {}, &Turn::speaker).speaker, 3U);
}

TEST_F(Diarizing, AsManySpeakersAsTheUserSays) {
  DiarizerOptions asked = options();
  asked.speakers = 2;
  EXPECT_EQ(std::ranges::max(turns(talk, 55s, asked), {}, &Turn::speaker).speaker, 1U);
}

TEST_F(Diarizing, OtherWindowsAndOtherAnswersGiveTheSame) {
  for (const char* name : {"voices_each.onnx", "voices_five_seconds.onnx"}) {
    DiarizerOptions asked = options();
    asked.segmentation = test_model(name);
    EXPECT_LT(disagreement(talk, turns(talk, 55s, asked), 55s), 2) << name;
  }
}

TEST_F(Diarizing, IsTheSameForAnyNumberOfThreads) {
  const auto one = turns(talk, 55s, options(), {.stop = {}, .progress = {}, .threads = 1});
  EXPECT_EQ(one, turns(talk, 55s, options(), {.stop = {}, .progress = {}, .threads = 7}));
}

TEST_F(Diarizing, ShortSoundsAndSilenceAreFine) {
  EXPECT_TRUE(turns({}, 12s, options()).empty());
  EXPECT_TRUE(turns({}, 10ms, options()).empty());
  const auto one = turns({{{200ms, 900ms}, 2}}, 1s, options());
  ASSERT_EQ(one.size(), 1U);
  EXPECT_LE(one[0].span.end, 1s);
  EXPECT_EQ(one[0].speaker, 0U);
}

TEST_F(Diarizing, WhoComesBackIsKnownAgain) {
  std::vector<Turn> truth;
  for (core::Time from{}; from < 5min; from += 55s)
    for (const Turn& turn : talk)
      truth.push_back({{turn.span.start + from, turn.span.end + from}, turn.speaker});
  const auto found = turns(truth, 6min, options());
  EXPECT_EQ(std::ranges::max(found, {}, &Turn::speaker).speaker, 3U);
  EXPECT_LT(disagreement(truth, found, 6min), 10);
}

TEST_F(Diarizing, TellsHowFarItIs) {
  std::vector<double> told;
  turns(talk, 55s, options(), {.stop = {}, .progress = [&](double share) { told.push_back(share); }});
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_GT(told.size(), 10U);
  EXPECT_EQ(told.back(), 1);
}

TEST_F(Diarizing, StopsWithinASecond) {
  std::stop_source stop;
  std::chrono::steady_clock::time_point asked;
  const auto report = [&](double) {
    if (stop.request_stop()) asked = std::chrono::steady_clock::now();
  };
  try {
    turns(talk, 10min, options(), {.stop = stop.get_token(), .progress = report});
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - asked, 1s);
}

std::string refusal(const DiarizerOptions& options) {
  try {
    const Diarizer diarizer(options);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST_F(Diarizing, NamesTheSettingOfWhatIsWrong) {
  DiarizerOptions asked = options();
  asked.embedding.clear();
  EXPECT_TRUE(refusal(asked).contains("SPEAKER_EMBEDDING_MODEL none")) << refusal(asked);
  std::swap(asked.segmentation, asked.embedding);
  EXPECT_TRUE(refusal(asked).contains("SPEAKER_SEGMENTATION_MODEL none")) << refusal(asked);
  for (const char* name : {"cut_short.onnx", "text.onnx", "empty.onnx", "sum.onnx", "yolo.onnx", "tones.onnx",
                           "voice_embedding.onnx", "nowhere.onnx"}) {
    asked = options();
    asked.segmentation = test_model(name);
    EXPECT_TRUE(refusal(asked).contains("SPEAKER_SEGMENTATION_MODEL")) << name << ": " << refusal(asked);
    if (std::string_view(name) == "voice_embedding.onnx") continue;
    asked = options();
    asked.embedding = test_model(name);
    EXPECT_TRUE(refusal(asked).contains("SPEAKER_EMBEDDING_MODEL")) << name << ": " << refusal(asked);
  }
}

TEST_F(Diarizing, WhatAModelAnswersIsDistrusted) {
  for (const auto& [name, said] : {std::pair("voices_lying.onnx", "it answered 1x"),
                                   std::pair("voices_beyond.onnx", "no probability")}) {
    DiarizerOptions asked = options();
    asked.segmentation = test_model(name);
    try {
      turns(talk, 12s, asked);
      FAIL() << name;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
      EXPECT_TRUE(std::string(error.what()).contains(said)) << error.what();
      EXPECT_TRUE(std::string(error.what()).contains("SPEAKER_SEGMENTATION_MODEL")) << error.what();
    }
  }
}

TEST_F(Diarizing, TheKeyChangesWithAllThatDecides) {
  const std::string plain = diarizer_key(options());
  EXPECT_EQ(plain, diarizer_key(options()));
  for (const auto& change : std::vector<std::function<void(DiarizerOptions&)>>{
           [](auto& o) { o.segmentation = test_model("voices_each.onnx"); },
           [](auto& o) { o.embedding = test_model("sum.onnx"); }, [](auto& o) { o.speakers = 2; },
           [](auto& o) { o.distance = 0.5; }, [](auto& o) { o.provider = "dnnl"; }}) {
    DiarizerOptions changed = options();
    change(changed);
    EXPECT_NE(diarizer_key(changed), plain);
  }
}

// With weights that were trained: REELWRIGHT_TEST_MODELS names a folder with these two files. flite's voice
// is one speaker, the same at two thirds of its speed the other.
TEST_F(Diarizing, TrainedWeightsTellVoicesApart) {
  const char* folder = std::getenv("REELWRIGHT_TEST_MODELS");
  if (!folder) GTEST_SKIP() << "REELWRIGHT_TEST_MODELS names no folder of models";
  DiarizerOptions asked = options();
  asked.segmentation = std::filesystem::path(folder) / "pyannote-segmentation-3.0.onnx";
  asked.embedding = std::filesystem::path(folder) / "wespeaker_en_voxceleb_resnet34_LM.onnx";
  if (!std::filesystem::exists(asked.segmentation) || !std::filesystem::exists(asked.embedding))
    GTEST_SKIP() << "the folder lacks " << asked.segmentation.filename() << " or "
                 << asked.embedding.filename();
  material::Speech speech;
  std::vector<Turn> truth;
  for (std::size_t turn = 0; turn < 4; ++turn) {
    material::Speech part = material::speak(
        "the harbour was quiet that morning and the boats were waiting for the rain to end so that they "
        "could go");
    if (turn % 2 == 1) part = slowed(part);
    truth.push_back({{speech.duration(), speech.duration() + part.duration()}, turn % 2});
    speech.add(part);
    speech.add_silence(700ms);
  }
  material::write_speech(folder_ / "speech.wav", speech.samples);
  const auto found = Diarizer(asked).turns(folder_ / "speech.wav", {});
  EXPECT_EQ(std::ranges::max(found, {}, &Turn::speaker).speaker, 1U);
  EXPECT_LT(disagreement(truth, found, speech.duration()), 0.15 * core::to_seconds(speech.duration()));
}

}  // namespace
}  // namespace reelwright::speech
