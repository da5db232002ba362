#include "speech/whisper_transcriber.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/error.h"
#include "material/speech.h"
#include "speech/whisper_recognition.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path models = TEST_MODELS;

// The models say this by heart, a piece of it every 0.24 s (tests/fixtures/models/ggml_whisper.py).
constexpr core::Time piece = 240ms;

class WhisperTranscribing : public ::testing::Test {
 protected:
  TranscriberOptions options(const std::string& model) const {
    return {.engine = "whisper", .model = models / model, .models_dir = folder_.path()};
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

  testing::TemporaryFolder folder_;
  std::vector<core::Warning> warnings_;
  std::string message_;
};

std::vector<std::string> texts(const transcript::Transcript& transcript) {
  std::vector<std::string> found;
  for (const auto& word : transcript.words()) found.push_back(word.text);
  return found;
}

TEST_F(WhisperTranscribing, WordsComeAtTheTimesOfTheirAlignment) {
  const auto transcript = transcribe(options("whisper.bin"));
  EXPECT_THAT(texts(transcript),
              ElementsAre("Good", "morning,", "everyone.", "We", "begin", "with", "the", "news."));
  const auto words = transcript.words();
  EXPECT_GT(words[0].probability, 0.9);
  // The last piece of some words, and what they say of when the first piece began. Silence at its edges may
  // be taken off a word, nothing is added to it.
  const std::pair<std::size_t, int> ends[] = {{1, 4}, {2, 7}, {4, 10}, {6, 12}};
  core::Time begin{};
  for (const auto& [word, pieces] : ends) begin = std::max(begin, words[word].end - pieces * piece);
  EXPECT_NEAR(core::to_seconds(begin), 1.9, 0.2) << "a chunk keeps a quarter of a second before the voice";
  for (const auto& [word, pieces] : ends)
    EXPECT_GT(words[word].end, begin + (pieces - 1) * piece) << words[word].text;
}

TEST_F(WhisperTranscribing, APromptGoesBefore) {
  auto asked = options("whisper.bin");
  asked.prompt = "the";
  asked.hot_words = "news";
  EXPECT_NE(texts(transcribe(asked)), texts(transcribe(options("whisper.bin"))));
}

TEST_F(WhisperTranscribing, TheLanguageIsFoundOut) {
  const auto found = transcribe(options("whisper_many.bin"), "auto");
  EXPECT_EQ(found.language, "de");
  EXPECT_EQ(texts(found).front(), "Good");
  EXPECT_EQ(transcribe(options("whisper_many.bin"), "pt-BR").language, "pt");
  EXPECT_EQ(transcribe(options("whisper.bin"), "auto").language, "en");
}

TEST_F(WhisperTranscribing, LoopsAreMarkedAndTold) {
  const auto transcript = transcribe(options("whisper_loops.bin"));
  ASSERT_FALSE(transcript.empty());
  for (const auto& word : transcript.words()) EXPECT_LE(word.probability, 0.1);
  ASSERT_EQ(warnings_.size(), 2U);
  EXPECT_EQ(warnings_[0].code, "low_confidence_words");
  EXPECT_EQ(warnings_[1].code, "repetition");
  EXPECT_THAT(warnings_[1].message, HasSubstr("in 1 stretch of the sound, first at 0:01"));
}

TEST_F(WhisperTranscribing, LanguagesThatTheModelDoesNotKnowAreRefused) {
  EXPECT_EQ(refused(options("whisper.bin"), "de"), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("knows only English"));
  EXPECT_EQ(refused(options("whisper_many.bin"), "tlh"), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("tlh"));
}

TEST_F(WhisperTranscribing, FilesThatWouldEndTheProcessAreRefused) {
  const std::pair<const char*, const char*> rows[] = {{"whisper_cut.bin", "cut short"},
                                                      {"whisper_numbers.bin", "5 attention heads over 32"},
                                                      {"whisper_tensor.bin", "decoder.ln.height"},
                                                      {"sum.onnx", "an ONNX model, not a ggml model"}};
  for (const auto& [file, said] : rows) {
    EXPECT_EQ(refused(options(file)), core::ErrorCode::invalid_input) << file;
    EXPECT_THAT(message_, HasSubstr(said));
    EXPECT_THAT(message_, HasSubstr("TRANSCRIBER_MODEL"));
  }
  EXPECT_EQ(refused(options("none.bin")), core::ErrorCode::not_found);
}

TEST_F(WhisperTranscribing, IsChosenByItsSettings) {
  const TranscriberOptions plain;
  EXPECT_EQ(make_transcriber(plain)->name(), "pocketsphinx-en-us");
  EXPECT_EQ(make_transcriber(plain)->key(), "");
  auto asked = options("whisper.bin");
  asked.engine = "auto";
  EXPECT_THAT(std::string(make_transcriber(asked)->name()), HasSubstr("whisper.cpp whisper.bin (sha256 "));
  const std::string key = make_transcriber(asked)->key();
  asked.hot_words = "Reelwright";
  EXPECT_NE(make_transcriber(asked)->key(), key);
  EXPECT_NE(make_transcriber(options("whisper_many.bin"))->key(), key);
  asked.engine = "pocketsphinx";
  EXPECT_THROW(make_transcriber(asked), core::Error) << "it would not heed the words";
  EXPECT_EQ(refused({.engine = "whisper"}), core::ErrorCode::invalid_input);
  EXPECT_THAT(message_, HasSubstr("TRANSCRIBER_MODEL"));
  asked = options("whisper.bin");
  asked.model = "whisper-base";
  EXPECT_EQ(refused(asked), core::ErrorCode::not_found);
}

TEST(AlignmentHeads, AreThoseOfKnownModels) {
  inference::WhisperShape shape{.words = 51865, .audio_layers = 6, .text_layers = 6};
  EXPECT_EQ(alignment_heads(shape), WHISPER_AHEADS_BASE);
  shape.words = 51864;
  EXPECT_EQ(alignment_heads(shape), WHISPER_AHEADS_BASE_EN);
  shape.text_layers = 2;
  EXPECT_EQ(alignment_heads(shape), WHISPER_AHEADS_N_TOP_MOST) << "a distilled one";
}

TEST(Decoders, AreAsManyAsMemoryAllows) {
  EXPECT_EQ(decoders_that_fit(8, 100, 1000), 5U);
  EXPECT_EQ(decoders_that_fit(2, 100, 1000), 2U);
  EXPECT_EQ(decoders_that_fit(8, 100, 10), 1U);
  EXPECT_EQ(decoders_that_fit(0, 100, 1000), 1U);
  const inference::WhisperShape base{51865, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 1};
  EXPECT_NEAR(static_cast<double>(decoder_bytes(base, 5)) / 1e6, 205, 25);
}

// With weights that were trained: REELWRIGHT_TEST_MODELS names a folder with ggml-base.en.bin or another.
TEST_F(WhisperTranscribing, TrainedWeightsUnderstandEnglish) {
  const char* folder = std::getenv("REELWRIGHT_TEST_MODELS");
  if (!folder) GTEST_SKIP() << "REELWRIGHT_TEST_MODELS names no folder of models";
  for (const char* name : {"ggml-tiny.en.bin", "ggml-base.en.bin", "ggml-base.bin", "ggml-small.en.bin"}) {
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
    const auto transcript = transcribe(asked);
    EXPECT_EQ(transcript.segments.size(), 2U);
    for (const std::string text : {"welcome", "meeting", "people", "city", "school"}) {
      const auto spoken = std::ranges::find(speech.words, text, &material::Speech::Word::text);
      const auto words = transcript.words();
      const auto heard =
          std::ranges::find_if(words, [&](const auto& word) { return word.text.starts_with(text); });
      ASSERT_NE(heard, words.end()) << text;
      EXPECT_NEAR(core::to_seconds(heard->start), core::to_seconds(spoken->start), 0.25) << text;
    }
  }
}

}  // namespace
}  // namespace reelwright::speech
