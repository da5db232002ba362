#include "transcript/formats.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/error.h"

namespace reelwright::transcript {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> texts(const Draft& draft) {
  std::vector<std::string> all;
  all.reserve(draft.segments.size());
  for (const DraftSegment& segment : draft.segments) all.push_back(segment.text());
  return all;
}

std::string refusal(std::string_view text) {
  try {
    read_draft(text);
  } catch (const core::Error& error) {
    return std::string(core::name(error.code())) + ": " + error.what();
  }
  return "read";
}

TEST(ReadDraft, WhisperxWithANumeralWithoutTimes) {
  const Draft draft =
      read_draft(R"({"segments":[{"start":0.5,"end":3.0,"text":" In 2014 we began.","speaker":"SPEAKER_01",
    "words":[{"word":"In","start":0.5,"end":0.7,"score":0.9},{"word":"2014"},{"word":"we","start":1.5,"end":1.7,"score":NaN},
    {"word":"began.","start":1.8,"end":2.4,"score":0.5}]}],"word_segments":[],"language":"de"})");
  EXPECT_EQ(draft.language, "de");
  ASSERT_EQ(draft.segments.size(), 1U);
  EXPECT_EQ(draft.segments[0].speaker, "SPEAKER_01");
  EXPECT_EQ(draft.segments[0].text(), "In 2014 we began.");
  EXPECT_FALSE(draft.segments[0].words[1].span);
  EXPECT_DOUBLE_EQ(draft.segments[0].words[2].probability, 1);
  EXPECT_TRUE(draft.has_word_times());

  const Transcript transcript = with_given_times(draft);
  const auto& year = transcript.segments[0].words[1];
  EXPECT_EQ(year.timing, Timing::interpolated);
  EXPECT_EQ(year.start, 700ms);
  EXPECT_EQ(year.end, 1500ms);
  EXPECT_EQ(transcript.segments[0].words[2].timing, Timing::given);
}

TEST(ReadDraft, OpenaiWhisperAndFasterWhisper) {
  const Draft draft =
      read_draft(R"({"text":" Hello there.","segments":[{"id":0,"seek":0,"start":0.0,"end":1.0,
    "text":" Hello there.","tokens":[50364,2425],"words":[{"word":" Hello","start":0.0,"end":0.4,"probability":0.25},
    {"word":" there","start":0.4,"end":0.9,"probability":0.5},{"word":".","start":0.9,"end":0.9,"probability":0.5}]}],
    "language":"en"})");
  ASSERT_EQ(draft.segments[0].words.size(), 2U);
  EXPECT_EQ(draft.segments[0].words[1].text, "there.");
  EXPECT_DOUBLE_EQ(draft.segments[0].words[0].probability, 0.25);
}

TEST(ReadDraft, OpenaiApiListsWordsApart) {
  const Draft draft =
      read_draft(R"({"task":"transcribe","language":"german","duration":4.0,"text":"Ja. Nein.",
    "segments":[{"start":0.0,"end":1.0,"text":"Ja."},{"start":2.0,"end":3.0,"text":"Nein."}],
    "words":[{"word":"Ja","start":0.1,"end":0.5},{"word":"Nein","start":2.1,"end":2.5}]})");
  EXPECT_EQ(draft.language, "de");
  EXPECT_THAT(texts(draft), ElementsAre("Ja", "Nein"));
  EXPECT_EQ(draft.segments[1].words[0].span, (core::Span{2100ms, 2500ms}));
}

TEST(ReadDraft, WhisperCppAndRemotionAndPlainList) {
  EXPECT_EQ(
      read_draft(
          R"({"result":{"language":"fr"},"transcription":[{"offsets":{"from":0,"to":1500},"text":" Bon jour"}]})")
          .segments[0]
          .span,
      (core::Span{0ms, 1500ms}));
  const Draft remotion = read_draft(
      R"([{"text":"Hi","startMs":0,"endMs":300,"timestampMs":150,"confidence":0.5},{"text":" all","startMs":300,"endMs":600,"timestampMs":null,"confidence":null}])");
  EXPECT_THAT(texts(remotion), ElementsAre("Hi all"));
  EXPECT_TRUE(remotion.has_word_times());
  EXPECT_DOUBLE_EQ(remotion.segments[0].words[0].probability, 0.5);
  EXPECT_THAT(
      texts(read_draft(R"([{"start":0,"end":1,"text":"one two"},{"start":1,"end":2,"text":"three"}])")),
      ElementsAre("one two", "three"));
}

TEST(ReadDraft, KeepsEverySegmentWhenAsked) {
  constexpr std::string_view json =
      R"({"segments":[{"start":5,"end":6,"text":"late"},{"start":3,"end":4,"text":""},{"start":1,"end":2,"text":"early","words":[]}]})";
  const Draft kept = read_draft(json, {.keep_every_segment = true});
  EXPECT_THAT(texts(kept), ElementsAre("late", "", "early"));
  EXPECT_THAT(texts(read_draft(json)), ElementsAre("early", "late"));
}

TEST(ReadDraft, WebVtt) {
  const Draft draft = read_draft(
      "WEBVTT - a title\r\nKind: captions\r\n\r\nNOTE a --> b\r\nis no cue\r\n\r\nSTYLE\r\n::cue { color: "
      "red }\r\n\r\n"
      "REGION\r\nid:fred\r\n\r\nintro\r\n00:01.000 --> 00:03.000 position:10% align:left\r\n"
      "<v.loud Mary Ann>Fish &amp; <i>chips</i> &lt;now&gt;\r\n\r\n"
      "100:00:00.000 --> 100:00:02.000\r\n<c>One</c> <100:00:00.500><c>two</c><100:00:01.000> three\r\n");
  EXPECT_THAT(texts(draft), ElementsAre("Fish & chips <now>", "One two three"));
  EXPECT_EQ(draft.segments[0].speaker, "Mary Ann");
  EXPECT_EQ(draft.segments[0].span, (core::Span{1s, 3s}));
  EXPECT_FALSE(draft.segments[0].words[0].span);
  const auto& timed = draft.segments[1].words;
  EXPECT_EQ(timed[0].span, (core::Span{100h, 100h + 500ms}));
  EXPECT_EQ(timed[1].span, (core::Span{100h + 500ms, 100h + 1s}));
  EXPECT_EQ(timed[2].span, (core::Span{100h + 1s, 100h + 2s}));
}

TEST(ReadDraft, RollingCaptionsAreReadOnce) {
  const Draft draft = read_draft(
      "WEBVTT\n\n00:00:00.160 --> 00:00:02.110 align:start position:0%\n \nhello<00:00:00.480><c> "
      "everyone</c>\n\n"
      "00:00:02.110 --> 00:00:02.120\nhello everyone\n \n\n"
      "00:00:02.120 --> 00:00:04.000\nhello everyone\nwelcome<00:00:02.480><c> back</c>\n\n"
      "00:00:04.000 --> 00:00:04.010\nwelcome back\n \n");
  EXPECT_THAT(texts(draft), ElementsAre("hello everyone", "welcome back"));
  EXPECT_TRUE(draft.has_word_times());
}

TEST(ReadDraft, WordsSaidTwiceStay) {
  EXPECT_THAT(
      texts(read_draft("1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.\n")),
      ElementsAre("No.", "No."));
}

TEST(ReadDraft, SubRipInTheWild) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> table{
      {"1\n00:00:01,000 --> 00:00:02,000\n<font color=\"#fff\">Hi</font> <b>you</b>\n{\\an8}all\n",
       {"Hi you all"}},
      {"\xEF\xBB\xBF"
       "1\r\n00:00:01,000 --> 00:00:02,000 X1:0 X2:9\r\nHi\r\n\r\n2\r\n00:00:03,000 --> "
       "00:00:04,000\r\nYou\r\n",
       {"Hi", "You"}},
      {"00:00:01.000 --> 00:00:02.000\nNo counter\n00:00:03,000 --> 00:00:04,000\nNo blank line",
       {"No counter", "No blank line"}},
      {"1\r00:00:01,000 --> 00:00:02,000\rOld Mac\r", {"Old Mac"}},
      {"1\n00:00:01,000 --> 00:00:02,000\nIn\n\n1999\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n",
       {"In 1999", "B"}},
      {"1\n00:00:01,000 --> 00:00:02,000\n5 < 6 & 7\n", {"5 < 6 & 7"}},
      {"1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nOnly\n", {"Only"}},
  };
  for (const auto& [text, words] : table) EXPECT_EQ(texts(read_draft(text)), words) << text;
}

TEST(ReadDraft, CuesOutOfOrderReversedAndOverlappingComeOutMonotone) {
  const Draft draft = read_draft(
      "1\n00:00:09,000 --> 00:00:08,000\nlast\n\n2\n00:00:01,000 --> 00:00:06,000\nfirst\n\n"
      "3\n-00:00:01,000 --> 00:00:02,000\nzeroth\n");
  EXPECT_THAT(texts(draft), ElementsAre("zeroth", "first", "last"));
  EXPECT_EQ(draft.segments[2].span, (core::Span{8s, 9s}));
  const auto words = with_given_times(draft).words();
  for (std::size_t i = 1; i < words.size(); ++i) EXPECT_LE(words[i - 1].start, words[i].start);
}

TEST(ReadDraft, PlainText) {
  const Draft draft = read_draft("One line\nand another.\n\n  \nNext part.\n");
  EXPECT_THAT(texts(draft), ElementsAre("One line and another.", "Next part."));
  EXPECT_FALSE(draft.segments[0].span);
  EXPECT_THAT(texts(read_draft("[Music] hello")), ElementsAre("[Music] hello"));
  EXPECT_THAT(texts(read_draft("{curly} we go a --> b")), ElementsAre("{curly} we go a --> b"));
}

TEST(ReadDraft, RefusesInOneSentence) {
  const std::string utf16("\xFF\xFEH\0i\0", 6);
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "invalid_input: The transcript has no words"},
      {" \n\n ", "no words"},
      {"{}", "no words"},
      {"[]", "no words"},
      {"WEBVTT", "no words"},
      {utf16, "UTF-16"},
      {std::string("a\0b", 3), "not text in UTF-8"},
      {"fine\ncaf\xE9 crema", "Line 2 of the transcript is not UTF-8"},
      {"{\"segments\":\n[{\"start\":\n]}", "Line 3 of the transcript's JSON is broken"},
      {R"({"segments":[{"start":"1.0","end":2,"text":"a"}]})", "Line 1 of the transcript's JSON is broken"},
      {R"({"segments":[{"start":1e300,"end":2,"text":"a"}]})", "time of 1e+300 s"},
      {R"({"segments":{"a":1}})", "JSON is broken"},
      {R"({"segments":[{"text":"a")", "JSON is broken"},
      {"1\n00:00:01,000 --> 00:00:02,000\nok\n\n2\n00:00:03,000 --> soon\nbad\n",
       "Line 6 of the transcript has a broken time"},
      {"1\n99999:00:00,000 --> 99999:00:01,000\nlate\n", "Line 2"},
      {"WEBVTT\n\n00:01 -> 00:02\nno arrow", "no words"},
      {"WEBVTT\n\n00:xx --> 00:02\nbad", "Line 3"},
      {std::string(5000, 'x'), "a word of 5000 letters"},
      {"{\"a\":" + std::string(100'000, '['), "nests too deep"},
      {std::string((50 << 20) + 1, 'a'), "too_large: The transcript has 50 MB"},
  };
  for (const auto& [text, message] : table) {
    EXPECT_THAT(refusal(text), HasSubstr(message)) << text.substr(0, 80);
    EXPECT_THAT(refusal(text), Not(HasSubstr("\n")));
  }
}

TEST(ReadDraft, NoPrefixOrMutationOfARealFileCrashes) {
  const std::vector<std::string> seeds{
      R"({"segments":[{"start":0.5,"end":3.0,"text":"In A","words":[{"word":"In","start":0.5,"end":NaN,"score":0.9}]}]})",
      "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:03.000 a:b\n<v A>B<00:00:02.000> <rt>c</rt>&lt;\n",
      "1\n00:00:01,000 --> 00:00:02,000\n<i>a</i> {\\an8}b\n\n2\n00:00:02,500 --> 00:00:03,000\nc\n",
  };
  int read = 0;
  for (const std::string& seed : seeds) {
    for (std::size_t at = 0; at < seed.size(); ++at) {
      for (const char c : {'\0', '"', '<', '{', '\n', '\xFF', '9', '-', ' '}) {
        std::string text = seed;
        text[at] = c;
        const std::string outcome = refusal(text);
        EXPECT_TRUE(outcome == "read" || outcome.starts_with("invalid_input")) << outcome << text;
        read += outcome == "read" ? 1 : 0;
      }
      EXPECT_THAT(refusal(seed.substr(0, at)), Not(HasSubstr("internal")));
    }
  }
  EXPECT_GT(read, 100);
}

TEST(WithGivenTimes, SpreadsInsideTheRoomThereIs) {
  // Untimed words at the begin and the end of a segment stay inside its span; those without one lean on the
  // neighbours.
  const Draft draft{
      "en",
      {{core::Span{1s, 4s}, "", {{"aa", {}}, {"b", core::Span{2s, 3s}}, {"cc", {}}, {"dd", {}}}},
       {{}, "", {{"e", {}}}},
       {core::Span{6s, 7s}, "", {{"f", core::Span{6s, 7s}}}}}};
  const auto words = with_given_times(draft).words();
  ASSERT_EQ(words.size(), 6U);
  EXPECT_EQ(words[0].start, 1s);
  EXPECT_EQ(words[0].end, 2s);
  EXPECT_EQ(words[2].start, 3s);
  EXPECT_EQ(words[2].end, 3500ms);
  EXPECT_EQ(words[3].end, 4s);
  EXPECT_EQ(words[4].start, 5700ms);
  EXPECT_EQ(words[4].end, 6s);
  EXPECT_THROW(with_given_times(Draft{"en", {{{}, "", {{"a", {}}}}}}), core::Error);
}

TEST(WhisperxJson, WritesTheShapeWithThreeDecimals) {
  const Transcript transcript{
      "en",
      {{1234567us,
        2s,
        "Ann",
        {{"Say", 1234567us, 1500ms, 0.98765, Timing::aligned}, {"\"hi\"\x01", 1600ms, 2s, NAN}}}}};
  EXPECT_EQ(to_whisperx_json(transcript),
            R"({"segments":[{"start":1.235,"end":2,"text":"Say \"hi\"\u0001","speaker":"Ann","words":[)"
            R"({"word":"Say","start":1.235,"end":1.5,"score":0.988,"timing":"aligned"},)"
            R"({"word":"\"hi\"\u0001","start":1.6,"end":2,"score":0,"timing":"given"}]}],"word_segments":[)"
            R"({"word":"Say","start":1.235,"end":1.5,"score":0.988,"timing":"aligned"},)"
            R"({"word":"\"hi\"\u0001","start":1.6,"end":2,"score":0,"timing":"given"}],"language":"en"})");
}

TEST(WhisperxJson, ReadsItsOwnOutputBack) {
  const Transcript transcript{"fr",
                              {{1s, 2s, "", {{"Été", 1s, 1500ms, 0.5}, {"là.", 1500ms, 2s, 0.25}}},
                               {3s, 4s, "B", {{"Oui", 3s, 4s, 1}}}}};
  EXPECT_EQ(to_whisperx_json(with_given_times(read_draft(to_whisperx_json(transcript)))),
            to_whisperx_json(transcript));
}

}  // namespace
}  // namespace reelwright::transcript
