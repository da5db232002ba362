#include "captions/formats.h"

#include <gmock/gmock.h>

#include "captions/ass_lines.h"
#include "captions/ass_script.h"
#include "captions/captions.h"
#include "captions/test_words.h"
#include "core/error.h"
#include "transcript/formats.h"

namespace reelwright::captions {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Page page(core::Span span, const std::vector<std::vector<PageWord>>& lines, const std::string& speaker = {}) {
  Page page{span, speaker, {}};
  for (const auto& words : lines) page.lines.push_back({words});
  return page;
}

const std::vector<Page> two_pages{
    page({1s, 2500ms}, {{{"Fish", 1s, 1300ms}, {"&", 1300ms, 1400ms}}, {{"<chips>", 1500ms, 2s}}}, "Ann"),
    page({3661s, 3662s}, {{{"-->", 3661s, 3661500ms}, {"done", 3661500ms, 3662s}}})};

TEST(Srt, WritesAndReadsBack) {
  EXPECT_EQ(
      to_srt(two_pages),
      "1\n00:00:01,000 --> 00:00:02,500\nFish &\n<chips>\n\n2\n01:01:01,000 --> 01:01:02,000\n-> done\n\n");
  const auto draft = transcript::read_draft(to_srt(two_pages));
  ASSERT_EQ(draft.segments.size(), 2U);
  EXPECT_EQ(draft.segments[0].span, (core::Span{1s, 2500ms}));
  EXPECT_EQ(draft.segments[1].text(), "-> done");
}

TEST(Vtt, WritesWordTimesVoicesAndEscapes) {
  EXPECT_EQ(to_vtt(two_pages),
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Ann>Fish "
            "<00:00:01.300>&amp;\n<00:00:01.500>&lt;chips&gt;\n\n"
            "01:01:01.000 --> 01:01:02.000\n--&gt; <01:01:01.500>done\n\n");
  const auto draft = transcript::read_draft(to_vtt(two_pages));
  EXPECT_EQ(draft.segments[0].speaker, "Ann");
  EXPECT_EQ(draft.segments[0].text(), "Fish & <chips>");
  EXPECT_TRUE(draft.has_word_times());
  EXPECT_EQ(draft.segments[0].words[1].span, (core::Span{1300ms, 1500ms}));
}

TEST(Vtt, LeavesOutTimesThatWouldBreakTheCue) {
  const std::vector<Page> pages{
      page({1s, 2s}, {{{"a", 1s, 1s}, {"b", 1s, 1s}, {"c", 1500ms, 2s}, {"d", 1500ms, 2s}, {"e", 2s, 2s}}})};
  EXPECT_THAT(to_vtt(pages), HasSubstr("a b <00:00:01.500>c d e\n"));
}

TEST(Remotion, LeadingSpacesAndMilliseconds) {
  transcript::Transcript transcript{
      "ja", {{0s, 2s, "", {{"Hi", 0s, 301ms, 0.5}, {"日本", 400ms, 600ms, NAN}, {"語", 600ms, 800ms, 2}}}}};
  EXPECT_EQ(to_remotion_json(transcript),
            R"([{"text":"Hi","startMs":0,"endMs":301,"timestampMs":150,"confidence":0.5},)"
            R"({"text":" 日本","startMs":400,"endMs":600,"timestampMs":500,"confidence":0},)"
            R"({"text":"語","startMs":600,"endMs":800,"timestampMs":700,"confidence":1}])");
  EXPECT_EQ(transcript::with_given_times(transcript::read_draft(to_remotion_json(transcript))).words().size(),
            3U);
}

TEST(Txt, ParagraphsAndSpeakers) {
  EXPECT_EQ(
      to_txt(
          {"en", {{0s, 1s, "Ann", {{"One."}}}, {1s, 2s, "Ann", {{"Two."}}}, {2s, 3s, "Bob", {{"Three."}}}}}),
      "Ann: One.\nTwo.\nBob: Three.\n");
}

TEST(AssScript, GrammarTable) {
  EXPECT_EQ(ass_color(0x112233), "&H00332211");
  EXPECT_EQ(ass_color(0x112233, 0), "&HFF332211");
  EXPECT_EQ(ass_override_color(0xFFE81A), "&H1AE8FF&");
  EXPECT_EQ(ass_time(3723456ms), "1:02:03.46");
  EXPECT_EQ(ass_time(-1s), "0:00:00.00");
  EXPECT_EQ(ass_escape("{\\b1}a\nb"), "\\{\\\u2060b1\\}a b");
}

TEST(AssLines, SpokenWordsFollowEachOther) {
  const auto spoken =
      spoken_times(page({1s, 4s}, {{{"a", 900ms, 1200ms}, {"b", 1300ms, 1500ms}}, {{"c", 3s, 3500ms}}}));
  EXPECT_EQ(spoken[0][0].from, 0ms);
  EXPECT_EQ(spoken[0][0].to, 300ms);  // until the next word
  EXPECT_EQ(spoken[0][1].to, 500ms);  // a pause follows: until its own end
  EXPECT_EQ(spoken[1][0].to, 3s);     // the last until the page ends
}

TEST(AssLines, EffectsMarkTheSpokenWordWithoutScaling) {
  const Style& style = caption_style("bold");
  const Line line{{{"I", 0s, 200ms}, {"am", 200ms, 500ms}}};
  EXPECT_EQ(highlighted_line(line, {{0s, 200ms}, {200ms, 500ms}}, style, "en"),
            "{\\1c&H1AE8FF&\\t(200,201,\\1c&HFFFFFF&)}I "
            "{\\1c&HFFFFFF&\\t(200,201,\\1c&H1AE8FF&)\\t(500,501,\\1c&HFFFFFF&)}AM");
  const Line late{{{"a", 1s, 1205ms}, {"b", 1400ms, 1500ms}}};
  EXPECT_EQ(filled_line(late, caption_style("karaoke"), "en"), "{\\kf21}a {\\k19}{\\kf10}b");
  EXPECT_EQ(filled_line({{{"שלום", 0s, 500ms}}}, caption_style("karaoke"), "he"), "{\\k50}שלום");
  EXPECT_EQ(plain_line({{{"straße", 0s, 1s}}}, style, "de"), "STRASSE");
}

TEST(Styles, AreNamedAndRefusedByName) {
  EXPECT_GE(caption_styles().size(), 4U);
  for (const Style& style : caption_styles()) EXPECT_EQ(&caption_style(style.name), &style);
  try {
    caption_style("fancy");
    FAIL() << "accepted";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), HasSubstr("no caption style \"fancy\""));
    for (const Style& style : caption_styles()) EXPECT_THAT(error.what(), HasSubstr(std::string(style.name)));
  }
}

TEST(MakeCaptions, EveryFormatTellsTheSameWordsInEveryStyle) {
  Request request;
  request.transcript = spoken("Look here: it's 5 {odd} signs, isn't it? Yes & no.");
  request.duration = 10s;
  for (const Style& style : caption_styles()) {
    request.style = style.name;
    const Files files = make_captions(request);
    const auto srt = transcript::read_draft(files.srt);
    std::string text;
    for (const auto& segment : srt.segments) text += (text.empty() ? "" : " ") + segment.text();
    EXPECT_EQ(text, joined(request.transcript)) << style.name;
    EXPECT_EQ(transcript::read_draft(files.vtt).segments.size(), files.pages.size());
    EXPECT_THAT(files.ass, HasSubstr("PlayResX: 1080\nPlayResY: 1920\n"));
    EXPECT_EQ(make_captions(request).ass, files.ass) << "not deterministic";
    EXPECT_EQ(transcript::read_draft(files.json).segments.size(), 1U);
  }
}

TEST(MakeCaptions, NoWordsMakeEmptyFiles) {
  const Files files = make_captions({});
  EXPECT_TRUE(files.pages.empty());
  EXPECT_EQ(files.srt, "");
  EXPECT_EQ(files.vtt, "WEBVTT\n\n");
  EXPECT_EQ(files.remotion, "[]");
  EXPECT_THAT(files.ass, Not(HasSubstr("Dialogue")));
}

TEST(SubtitlePages, AreTwoLinesOfFortyTwo) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "several words ";
  for (const Page& page : subtitle_pages(spoken(text))) {
    EXPECT_LE(page.lines.size(), 2U);
    for (const Line& line : page.lines) EXPECT_LE(columns(line.text()), 42);
  }
}

}  // namespace
}  // namespace reelwright::captions
