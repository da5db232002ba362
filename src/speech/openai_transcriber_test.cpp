#include "speech/openai_transcriber.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "core/wav.h"
#include "material/speech.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Answers in turn; the last one again and again.
struct Script : net::Transport {
  net::ApiAnswer post(const net::ApiRequest& request, const std::stop_token&) override {
    asked.push_back(request.body);
    EXPECT_EQ(request.role, "transcriber");
    EXPECT_EQ(request.path, "/audio/transcriptions");
    EXPECT_LE(core::wav_seconds(request.sound).value(), 80);
    net::ApiAnswer answer = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }

  std::deque<net::ApiAnswer> answers;
  std::vector<std::string> asked;
};

class OpenAiTranscriberTest : public ::testing::Test {
 protected:
  void answers(int status, const std::string& body) { script.answers.push_back({status, body, "req_1"}); }

  /// Two sentences from 1 s on.
  std::filesystem::path talk() const {
    material::Speech speech;
    speech.add_silence(1s);
    speech.add(material::speak("the people of the city wanted a new school"));
    speech.add_silence(300ms);
    speech.add(material::speak("nobody knew how much it would cost"));
    auto file = folder / "sound.wav";
    material::write_speech(file, speech.samples);
    return file;
  }

  transcript::Transcript transcribe(std::string_view language = "en") {
    TranscriberOptions options{.engine = "openai", .model = "m", .base_url = "http://h/v1"};
    return make_transcriber(options, &script)
        ->transcribe(talk(), language, core::Context{.stop = {}, .progress = {}, .threads = 1}, warnings);
  }

  void expect_failure(ErrorCode code, const ::testing::Matcher<std::string>& said) {
    try {
      transcribe();
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(std::string(error.what()), said);
    }
  }

  std::vector<std::string> warned() const {
    std::vector<std::string> codes;
    for (const core::Warning& warning : warnings) codes.push_back(warning.code);
    return codes;
  }

  testing::TemporaryFolder folder;
  Script script;
  std::vector<core::Warning> warnings;
};

TEST_F(OpenAiTranscriberTest, WordsGetTheirPunctuationAndTimesOfTheRecording) {
  answers(200, R"({"language":"english","text":"Hello, world.",
      "words":[{"word":"Hello","start":0.5,"end":0.8},{"word":"world","start":0.9,"end":1.2}],
      "segments":[{"start":0,"end":2,"avg_logprob":-0.105}]})");
  const auto words = transcribe().words();
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].text, "Hello,");
  EXPECT_EQ(words[1].text, "world.");
  EXPECT_EQ(words[0].timing, transcript::Timing::recognised);
  EXPECT_NEAR(core::to_seconds(words[0].start), 1.25, 0.3) << "the second of silence before is not sent";
  EXPECT_NEAR(words[0].probability, 0.9, 0.01);
  EXPECT_THAT(warned(), ElementsAre());
  EXPECT_THAT(script.asked, ElementsAre(HasSubstr(R"("language":"en")")));
}

TEST_F(OpenAiTranscriberTest, TheLanguageIsWhatTheServerFinds) {
  answers(200, R"({"language":"german","text":"Gut.","words":[{"word":"Gut","start":0,"end":1}]})");
  EXPECT_EQ(transcribe("auto").language, "de");
  EXPECT_THAT(script.asked.front(), Not(HasSubstr("\"language\"")));
}

TEST_F(OpenAiTranscriberTest, ALanguageThatNobodyToldIsSaid) {
  answers(200, R"({"text":"Hello.","words":[{"word":"Hello","start":0,"end":1}]})");
  EXPECT_EQ(transcribe("auto").language, "en");
  EXPECT_THAT(warned(), ElementsAre("language_unknown"));
}

TEST_F(OpenAiTranscriberTest, AServerThatKnowsNoTimesIsAskedForTextAndItIsAligned) {
  answers(400, R"({"error":{"message":"Unknown parameter: timestamp_granularities"}})");
  answers(400, R"({"error":{"message":"response_format verbose_json is not compatible with this model"}})");
  answers(200,
          R"({"text":"The people of the city wanted a new school. Nobody knew how much it would cost."})");
  const auto words = transcribe().words();
  EXPECT_THAT(script.asked, ElementsAre(HasSubstr("timestamp_granularities"),
                                        AllOf(HasSubstr("verbose_json"), Not(HasSubstr("granularities"))),
                                        HasSubstr(R"("response_format":"json")")));
  ASSERT_EQ(words.size(), 16U);
  EXPECT_EQ(words[8].text, "school.");
  EXPECT_EQ(words[8].timing, transcript::Timing::aligned);
  EXPECT_GE(words[0].start, 900ms);
  EXPECT_GT(words[9].start, words[8].end - 50ms);
}

TEST_F(OpenAiTranscriberTest, WhatTheServerTakesForSilenceIsNotKept) {
  answers(200, R"({"text":"Thank you. Bye.",
      "words":[{"word":"Thank","start":0,"end":0.4},{"word":"you","start":0.4,"end":0.8},
               {"word":"Bye","start":2.1,"end":2.4}],
      "segments":[{"start":0,"end":2,"avg_logprob":-1.5,"no_speech_prob":0.9},
                  {"start":2,"end":3,"avg_logprob":-0.2,"no_speech_prob":0.9}]})");
  const auto words = transcribe().words();
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].text, "Bye");
}

TEST_F(OpenAiTranscriberTest, SilenceAloneIsNoSpeech) {
  answers(
      200,
      R"({"text":"Thank you.","segments":[{"start":0,"end":9,"avg_logprob":-1.5,"no_speech_prob":0.9}]})");
  EXPECT_TRUE(transcribe().empty());
  EXPECT_THAT(warned(), ElementsAre("no_speech"));
}

TEST_F(OpenAiTranscriberTest, LoopsAreMarked) {
  std::string text, words;
  for (int i = 0; i < 12; ++i) {
    text += "no ";
    words +=
        fmt::format(R"({}{{"word":"no","start":{},"end":{}}})", i == 0 ? "" : ",", 0.2 * i, 0.2 * i + 0.2);
  }
  answers(200, fmt::format(R"({{"text":"{}","words":[{}]}})", text, words));
  for (const transcript::Word& word : transcribe().words()) EXPECT_LE(word.probability, 0.1);
  EXPECT_THAT(warned(), ElementsAre("low_confidence_words", "repetition"));
}

TEST_F(OpenAiTranscriberTest, WhatIsRefusedNamesTheSetting) {
  answers(404, R"({"error":{"message":"The model m does not exist","code":"model_not_found"}})");
  expect_failure(ErrorCode::invalid_input, AllOf(HasSubstr("TRANSCRIBER_MODEL"), HasSubstr("http://h/v1")));
  script.answers = {{413, "", ""}};
  expect_failure(ErrorCode::too_large, HasSubstr("TRANSCRIBER_MODEL"));
  script.answers = {{404, "<html>", ""}};
  expect_failure(ErrorCode::invalid_input, HasSubstr("TRANSCRIBER_BASE_URL"));
  script.answers = {{422, R"({"error":"no"})", ""}};
  expect_failure(ErrorCode::invalid_input, AllOf(HasSubstr("status 422"), HasSubstr("TRANSCRIBER_MODEL")));
  script.answers = {{200, R"({"choices":[]})", ""}};
  expect_failure(ErrorCode::unavailable, HasSubstr("TRANSCRIBER_BASE_URL"));
}

TEST_F(OpenAiTranscriberTest, AnotherServerModelOrPromptHearsOtherWords) {
  const auto key = [&](const char* url, const char* model, const char* hot_words) {
    const TranscriberOptions options{
        .engine = "openai", .model = model, .base_url = url, .hot_words = hot_words};
    return make_transcriber(options, &script)->key();
  };
  EXPECT_EQ(key("http://h/v1", "m", ""), key("http://h/v1", "m", ""));
  EXPECT_NE(key("http://h/v1", "m", ""), key("http://i/v1", "m", ""));
  EXPECT_NE(key("http://h/v1", "m", ""), key("http://h/v1", "n", ""));
  EXPECT_NE(key("http://h/v1", "m", ""), key("http://h/v1", "m", "Ada"));
  EXPECT_THROW(make_transcriber({.engine = "openai", .model = "m", .base_url = "http://h/v1"}), Error);
}

}  // namespace
}  // namespace reelwright::speech
