#include "speech/parakeet_transcriber.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/error.h"
#include "material/speech.h"
#include "speech/parakeet_language.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path models = TEST_MODELS;

// The models say this by heart, a piece of it every 0.24 s (tests/fixtures/models/ggml_parakeet.py).
constexpr core::Time piece = 240ms;

class ParakeetTranscribing : public ::testing::Test {
 protected:
  static TranscriberOptions options(const std::string& model) {
    return {.engine = "parakeet", .model = models / model};
  }

  transcript::Transcript transcribe(const TranscriberOptions& asked, std::string_view language = "en") {
    const auto file = folder_ / "sound.wav";
    if (!std::filesystem::exists(file)) {
      material::Speech speech;
      speech.add_silence(2s);
      while (speech.duration() < 8s) speech.add(material::speak("and so the talk goes on and on and on"));
      material::write_speech(file, speech.samples);
    }
    warnings_.clear();
    return make_transcriber(asked)->transcribe(file, language, {}, warnings_);
  }

  core::ErrorCode refused(const TranscriberOptions& asked, std::string_view language = "en") {
    try {
      transcribe(asked, language);
    } catch (const core::Error& error) {
      message_ = error.what();
      return error.code();
    }
    return core::ErrorCode::internal;
  }

  std::vector<std::string> warned() const {
    std::vector<std::string> codes;
    for (const core::Warning& warning : warnings_) codes.push_back(warning.code);
    return codes;
  }

  testing::TemporaryFolder folder_;
  std::vector<core::Warning> warnings_;
  std::string message_;
};

std::vector<std::string> texts(const transcript::Transcript& transcript) {
  std::vector<std::string> found;
  for (const auto& word : transcript.words()) found.push_back(word.text);
  return found;
}

TEST_F(ParakeetTranscribing, WordsComeAtTheTimesOfTheirTokens) {
  const auto transcript = transcribe(options("parakeet.bin"));
  EXPECT_THAT(texts(transcript),
              ElementsAre("Good", "morning,", "everyone.", "We", "begin", "with", "the", "news."));
  EXPECT_TRUE(warnings_.empty());
  const auto words = transcript.words();
  EXPECT_GT(words[0].probability, 0.9);
  // The first and the last piece of each; marks take no time. Silence may be taken off the edges of a word.
  const std::pair<int, int> pieces[] = {{0, 1},  {1, 3},   {4, 6},   {7, 8},
                                        {8, 10}, {10, 11}, {11, 12}, {12, 13}};
  const core::Time begin = words[3].end - 8 * piece;
  EXPECT_NEAR(core::to_seconds(begin), 1.9, 0.2) << "a chunk keeps a quarter of a second before the voice";
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_GE(words[i].start, begin + pieces[i].first * piece) << words[i].text;
    EXPECT_LE(words[i].end, begin + pieces[i].second * piece) << words[i].text;
    EXPECT_LT(words[i].start, words[i].end) << words[i].text;
  }
}

TEST_F(ParakeetTranscribing, WhatItDoesNotTellOfTheLanguageIsSaid) {
  EXPECT_EQ(transcribe(options("parakeet_many.bin"), "auto").language, "und");
  EXPECT_THAT(warned(), ElementsAre("language_unknown"));
  EXPECT_EQ(transcribe(options("parakeet_many.bin"), "de-AT").language, "de");
  EXPECT_TRUE(warnings_.empty());
  EXPECT_EQ(transcribe(options("parakeet.bin"), "auto").language, "en");
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(ParakeetTranscribing, LanguagesThatTheModelDoesNotKnowAreRefused) {
  EXPECT_EQ(refused(options("parakeet.bin"), "de"), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("parakeet.bin knows only English, not \"de\""));
  EXPECT_EQ(refused(options("parakeet_many.bin"), "ja"), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("\"ja\" is none of them"));
}

TEST_F(ParakeetTranscribing, LoopsAreMarkedAndTold) {
  const auto transcript = transcribe(options("parakeet_loops.bin"));
  ASSERT_FALSE(transcript.empty());
  for (const auto& word : transcript.words()) EXPECT_LE(word.probability, 0.1);
  EXPECT_THAT(warned(), ElementsAre("low_confidence_words", "repetition"));
}

TEST_F(ParakeetTranscribing, WeightsThatComeToNoNumberAreDoubted) {
  for (const auto& word : transcribe(options("parakeet_nan.bin")).words()) EXPECT_EQ(word.probability, 0);
  EXPECT_THAT(warned(), ::testing::Contains("low_confidence_words"));
}

TEST_F(ParakeetTranscribing, FilesThatWouldEndTheProcessAreRefused) {
  const std::pair<const char*, const char*> rows[] = {{"parakeet_cut.bin", "cut short"},
                                                      {"parakeet_numbers.bin", "5 attention heads over 8"},
                                                      {"parakeet_tensor.bin", "joint.pred.height"},
                                                      {"parakeet_duration.bin", "a duration of 4294967280"},
                                                      {"whisper.bin", "a Whisper model, not a Parakeet"},
                                                      {"sum.onnx", "an ONNX model, not a ggml model"}};
  for (const auto& [file, said] : rows) {
    EXPECT_EQ(refused(options(file)), core::ErrorCode::invalid_input) << file;
    EXPECT_THAT(message_, HasSubstr(said));
    EXPECT_THAT(message_, HasSubstr("TRANSCRIBER_MODEL"));
  }
  EXPECT_EQ(refused(options("none.bin")), core::ErrorCode::not_found);
  auto asked = options("parakeet.bin");
  asked.engine = "whisper";
  EXPECT_EQ(refused(asked), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("a Parakeet model, not a Whisper model"));
}

TEST_F(ParakeetTranscribing, IsChosenByItsSettings) {
  auto asked = options("parakeet.bin");
  asked.engine = "auto";
  EXPECT_THAT(std::string(make_transcriber(asked)->name()), HasSubstr("parakeet parakeet.bin (sha256 "));
  EXPECT_NE(make_transcriber(asked)->key(), make_transcriber(options("parakeet_many.bin"))->key());
  asked.hot_words = "Ada";
  EXPECT_EQ(refused(asked), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("HOT_WORDS need a Whisper model"));
  EXPECT_EQ(refused({.engine = "parakeet"}), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("TRANSCRIBER is 'parakeet' and needs a model"));
}

TEST(ParakeetMemory, IsAboutWhatTheLibraryTakes) {
  const inference::ParakeetShape v3{8192, 5000, 1024, 8, 24, 128, 1, 512, 8, 256, 9, 640, 2, 5, 10};
  EXPECT_NEAR(static_cast<double>(decoder_bytes(v3)) / 1e6, 405, 40) << "by its own log: 338 and 67 MB";
}

// With weights that were trained: REELWRIGHT_TEST_MODELS names a folder with one of these.
TEST_F(ParakeetTranscribing, TrainedWeightsUnderstandEnglish) {
  const char* folder = std::getenv("REELWRIGHT_TEST_MODELS");
  if (!folder) GTEST_SKIP() << "REELWRIGHT_TEST_MODELS names no folder of models";
  for (const char* name : {"ggml-parakeet-tdt-0.6b-v3-q8_0.bin", "ggml-parakeet-tdt-0.6b-v3-f16.bin",
                           "ggml-parakeet-tdt-0.6b-v2-q8_0.bin"}) {
    const auto model = std::filesystem::path(folder) / name;
    if (!std::filesystem::exists(model)) continue;
    SCOPED_TRACE(name);
    material::Speech speech;
    speech.add_silence(2s);
    speech.add(material::speak("good morning and welcome to the meeting"));
    speech.add_silence(3s);
    speech.add(material::speak("the people of the city wanted a new school"));
    material::write_speech(folder_ / "sound.wav", speech.samples);
    auto asked = options("");
    asked.model = model;
    const auto words = transcribe(asked).words();
    for (const std::string text : {"welcome", "meeting", "people", "city", "school"}) {
      const auto spoken = std::ranges::find(speech.words, text, &material::Speech::Word::text);
      const auto heard =
          std::ranges::find_if(words, [&](const auto& word) { return word.text.starts_with(text); });
      ASSERT_NE(heard, words.end()) << text;
      EXPECT_NEAR(core::to_seconds(heard->start), core::to_seconds(spoken->start), 0.25) << text;
    }
  }
}

}  // namespace
}  // namespace reelwright::speech
