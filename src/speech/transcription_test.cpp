#include "speech/transcription.h"

#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;

constexpr core::Time length = 10s;

TEST(Transcription, IsAskedForInTheWayOfTheDetail) {
  const TranscriptionRequest request{.model = "m", .language = "de", .prompt = "Ada"};
  EXPECT_EQ(to_json(request, AnswerDetail::word_times),
            R"({"model":"m","response_format":"verbose_json","language":"de","prompt":"Ada",)"
            R"("timestamp_granularities":["word","segment"]})");
  EXPECT_EQ(to_json({.model = "m", .language = {}, .prompt = {}}, AnswerDetail::verbose),
            R"({"model":"m","response_format":"verbose_json"})");
  EXPECT_EQ(to_json({.model = "m", .language = {}, .prompt = {}}, AnswerDetail::text),
            R"({"model":"m","response_format":"json"})");
}

TEST(Transcription, IsReadWithWhatItTells) {
  const auto told =
      read_transcription(R"({"task":"transcribe","language":"english","duration":9.5,"text":"Hi.",
      "words":[{"word":"Hi","start":1.5,"end":2}],
      "segments":[{"id":0,"start":1,"end":3,"text":"Hi.","avg_logprob":-0.5,"no_speech_prob":0.9},
                  {"start":3,"end":4,"avg_logprob":-2,"no_speech_prob":0.7}]})",
                         length);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->language, "english");
  EXPECT_EQ(told->text, "Hi.");
  ASSERT_EQ(told->words.size(), 1U);
  EXPECT_EQ(told->words[0].span, (core::Span{1500ms, 2s}));
  ASSERT_EQ(told->segments.size(), 2U);
  EXPECT_NEAR(told->segments[0].probability, 0.6065, 1e-4);
  EXPECT_FALSE(told->segments[0].is_silence);
  EXPECT_TRUE(told->segments[1].is_silence);
}

TEST(Transcription, NoTimeLiesOutsideTheSound) {
  const auto told = read_transcription(
      R"({"text":"b a","words":[{"word":"a","start":5,"end":1e300},{"word":"b","start":-7,"end":-8}]})",
      length);
  ASSERT_TRUE(told);
  ASSERT_EQ(told->words.size(), 2U);
  EXPECT_EQ(told->words[0].text, "b") << "in order";
  EXPECT_EQ(told->words[0].span, (core::Span{0s, 0s}));
  EXPECT_EQ(told->words[1].span, (core::Span{5s, 10s}));
}

TEST(Transcription, WordsWithoutTimesAreNone) {
  const auto told =
      read_transcription(R"({"text":"a b","words":[{"word":"a","start":1,"end":2},{"word":"b"}]})", length);
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->words.empty());
  EXPECT_EQ(told->text, "a b");
}

TEST(Transcription, OfWhatIsNoneThereIsNothing) {
  for (const char* body : {"", "null", "[]", "<html>", R"({"words":[]})", R"({"text":5})", R"({"text":"a)"})
    EXPECT_FALSE(read_transcription(body, length)) << body;
}

}  // namespace
}  // namespace reelwright::speech
