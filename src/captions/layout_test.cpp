#include "captions/layout.h"

#include <gmock/gmock.h>

#include <random>

#include "captions/pieces.h"
#include "captions/test_words.h"

namespace reelwright::captions {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

LayoutOptions portrait() {
  LayoutOptions options;
  options.max_width = 12;
  options.max_words = 6;
  options.max_columns = 20;
  options.min_columns = 14;
  return options;
}

std::vector<std::string> texts(const std::vector<Page>& pages) {
  std::vector<std::string> all;
  all.reserve(pages.size());
  for (const Page& page : pages) all.push_back(page.text());
  return all;
}

std::vector<std::string> paged(const std::string& text) {
  return texts(lay_out(spoken(text), portrait(), columns));
}

TEST(Columns, CountCellsNotBytes) {
  EXPECT_EQ(columns("café"), 4);
  EXPECT_EQ(columns("cafe\u0301"), 4);
  EXPECT_EQ(columns("日本"), 4);
  EXPECT_EQ(columns("ที่"), 1);
  EXPECT_EQ(columns(""), 0);
}

TEST(Layout, PagesEndWithSentencesAndClauses) {
  EXPECT_THAT(paged("It works. We like it, because it's easy."),
              ElementsAre("It works.", "We like it,", "because it's easy."));
}

TEST(Layout, AbbreviationsEndNoSentence) {
  EXPECT_THAT(paged("Dr. Smith met J. Doe."), ElementsAre("Dr. Smith", "met J. Doe."));
  EXPECT_TRUE(ends_sentence("done.\u201D"));
  EXPECT_TRUE(ends_sentence("本当？"));
  EXPECT_FALSE(ends_sentence("e.g."));
  EXPECT_FALSE(ends_sentence("word"));
}

TEST(Layout, SilenceAndSpeakersBeginPages) {
  transcript::Transcript transcript{"en",
                                    {{0s, 3s, "A", {{"one", 0s, 300ms}, {"two", 1500ms, 1800ms}}},
                                     {2s, 3s, "B", {{"three", 1900ms, 2200ms}}}}};
  const auto pages = lay_out(transcript, portrait(), columns);
  EXPECT_THAT(texts(pages), ElementsAre("one", "two", "three"));
  EXPECT_EQ(pages[0].span.end, 600ms);   // held a little, not until the next
  EXPECT_EQ(pages[1].span.end, 1900ms);  // a small gap is closed
  EXPECT_EQ(pages[2].speaker, "B");
}

TEST(Layout, LinesAreEvenAndFit) {
  const auto pages = lay_out(spoken("wonderful evening on"), portrait(), columns);
  ASSERT_EQ(pages.size(), 1U);
  ASSERT_EQ(pages[0].lines.size(), 2U);
  EXPECT_EQ(pages[0].lines[0].text(), "wonderful");
  EXPECT_EQ(pages[0].lines[1].text(), "evening on");
}

TEST(Layout, LongWordsShrinkThenBreak) {
  const auto shrunk = lay_out(spoken("Straßenbahnhalt"), portrait(), columns);
  ASSERT_EQ(shrunk.size(), 1U);
  EXPECT_DOUBLE_EQ(shrunk[0].scale, 12.0 / 15);
  const auto broken = lay_out(spoken("Rindfleischetikettierungsüberwachung"), portrait(), columns);
  std::string text;
  for (const Page& page : broken) {
    EXPECT_GE(page.scale, 0.6);
    text += page.text();
  }
  EXPECT_EQ(text, "Rindfleischetikettierungsüberwachung");
  const auto hyphens = lay_out(spoken("state-of-the-art-things-here"), portrait(), columns);
  EXPECT_TRUE(hyphens[0].lines[0].text().ends_with('-')) << hyphens[0].lines[0].text();
}

TEST(Layout, BreaksOnlyWhereTheScriptAllows) {
  // Small kana, the long mark and closing brackets never begin a line (UAX 14), even if each letter is a
  // word.
  transcript::Transcript transcript = spoken("x");
  transcript.language = "ja";
  auto& words = transcript.segments[0].words;
  words.clear();
  core::Time at{};
  for (const char* letter : {"今", "日", "は", "「", "ちょ", "っ", "と", "」", "パ", "ー", "テ", "ィ", "ー",
                             "に", "行", "っ", "た"}) {
    words.push_back({letter, at, at + 150ms});
    at += 150ms;
  }
  for (const Page& page : lay_out(transcript, portrait(), columns)) {
    for (const Line& line : page.lines) {
      for (const char* forbidden : {"」", "ー", "ィ", "っ", "ょ"})
        EXPECT_FALSE(line.text().starts_with(forbidden)) << line.text();
      EXPECT_FALSE(line.text().ends_with("「"));
    }
  }
}

TEST(Layout, QuickWordsShareAPage) {
  LayoutOptions options = portrait();
  options.max_words = 2;
  options.min_columns = 4;
  options.page_cost = -0.3;
  EXPECT_THAT(texts(lay_out(spoken("we go up", 100ms), options, columns)), ElementsAre("we go", "up"));
  EXPECT_THAT(texts(lay_out(spoken("slow down here", 600ms), options, columns)),
              ElementsAre("slow", "down", "here"));
}

TEST(Layout, NoWordsNoPages) { EXPECT_TRUE(lay_out({}, portrait(), columns).empty()); }

// What has to hold for any words at all.
void expect_sound(const transcript::Transcript& transcript, const LayoutOptions& options) {
  const auto pages = lay_out(transcript, options, columns);
  std::string shown;
  core::Time last_end{};
  core::Time last_word{};
  for (const Page& page : pages) {
    EXPECT_LE(last_end, page.span.start);
    EXPECT_GE(page.span.duration(), options.shortest_page);
    EXPECT_LE(page.span.end, options.end.value_or(core::Time::max()));
    EXPECT_LE(static_cast<int>(page.lines.size()), options.max_lines);
    EXPECT_GE(page.scale, options.smallest_scale - 1e-9);
    for (const Line& line : page.lines) {
      EXPECT_LE(columns(line.text()) * page.scale, options.max_width + 1e-9) << line.text();
      for (const PageWord& word : line.words) {
        EXPECT_LE(last_word, word.start);
        last_word = word.start;
        shown += word.text;
      }
    }
    last_end = page.span.end;
  }
  std::string said;
  for (const transcript::Word& word : transcript.words()) said += word.text;
  EXPECT_EQ(shown, said);
}

TEST(Layout, HoldsForRandomTalk) {
  const std::vector<std::string> vocabulary{"a",      "the",
                                            "Straße", "incomprehensibilities",
                                            "go.",    "日本語",
                                            "สวัสดี",   "נכון",
                                            "مرحبا،", "well-known",
                                            "U.S.",   "🙂",
                                            "{x}",    "\\N",
                                            "no!",    "e\u0301",
                                            "why?",   "http://example.org/a/b/c"};
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    transcript::Transcript transcript;
    transcript::Segment segment;
    core::Time at{};
    const int count = 1 + static_cast<int>(random() % 60);
    for (int i = 0; i < count; ++i) {
      const core::Time length{static_cast<std::int64_t>(random() % 600'000)};
      segment.words.push_back({vocabulary[random() % vocabulary.size()], at, at + length});
      at += core::Time{static_cast<std::int64_t>(random() % 900'000)};
    }
    transcript.segments.push_back(segment);
    LayoutOptions options = portrait();
    options.max_lines = 1 + round % 3;
    expect_sound(transcript, options);
    // A clip with room for the pages: none may outlast it.
    options.end = std::max(at + 600ms, static_cast<std::int64_t>(2 * count + 60) * options.shortest_page);
    expect_sound(transcript, options);
  }
}

TEST(Layout, EverythingAtOnceSharesTheTimeThereIs) {
  transcript::Transcript transcript = spoken("One. Two. Three. Four. Five. Six. Seven. Eight.", 0ms);
  LayoutOptions options = portrait();
  options.end = 1s;  // too short for eight pages
  const auto pages = lay_out(transcript, options, columns);
  EXPECT_EQ(pages.front().span.start, 0ms);
  EXPECT_EQ(pages.back().span.end, 1s);
  for (std::size_t i = 1; i < pages.size(); ++i) {
    EXPECT_EQ(pages[i - 1].span.end, pages[i].span.start);
    EXPECT_GT(pages[i].span.duration(), 0ms);
  }
}

TEST(Layout, HoursTakeASecond) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "lorem ipsum dolor sit amet, ";
  const auto pages = lay_out(spoken(text), subtitle_layout(), columns);  // one run of 100,000 words
  EXPECT_GT(pages.size(), 5'000U);
}

}  // namespace
}  // namespace reelwright::captions
