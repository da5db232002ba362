#include "clips/request.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;

// What reading complains about; empty where it does not.
std::string complaint(const std::string& json) {
  try {
    read_request(json);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    return error.what();
  }
  return {};
}

// The fields that are wrong.
std::vector<std::string> wrong(const std::string& json) {
  std::vector<std::string> fields;
  for (const FieldFault& fault : faults_of(read_request(json))) {
    EXPECT_FALSE(fault.message.empty());
    fields.push_back(fault.field);
  }
  return fields;
}

std::string edit(const std::string& members) { return R"({"edits":[{"clip_number":1,)" + members + "}]}"; }

using Fields = std::vector<std::string>;

TEST(Request, NothingAskedForIsAllDefaults) {
  const Options options = options_from(read_request("{}"));
  const Options plain;
  EXPECT_EQ(options.num_clips, plain.num_clips);
  EXPECT_EQ(options.aspect_ratio, plain.aspect_ratio);
  EXPECT_EQ(options.max_duration, plain.max_duration);
  EXPECT_TRUE(options.spans.empty());
  EXPECT_TRUE(options.edits.empty());
  Options other;
  other.num_clips = 9;
  other.encoder = "h264_nvenc";
  EXPECT_EQ(options_from({}, other).num_clips, 9);
  EXPECT_EQ(options_from({}, other).encoder, "h264_nvenc");
}

TEST(Request, EachMemberReachesItsOption) {
  const Options options = options_from(read_request(
      R"({"num_clips_requested":3,"aspect_ratio":"1:1","min_duration":4.5,"max_duration":8,"language":"de",
          "caption_style":"bold","keep_chosen":true,"spans":[{"start":1,"end":3.25,"title":"Mine"},
          {"start":5,"end":9}]})"));
  EXPECT_EQ(options.num_clips, 3);
  EXPECT_EQ(options.aspect_ratio, "1:1");
  EXPECT_EQ(options.min_duration, from_seconds(4.5));
  EXPECT_EQ(options.max_duration, from_seconds(8));
  EXPECT_EQ(options.language, "de");
  EXPECT_EQ(options.caption_style, "bold");
  EXPECT_TRUE(options.keep_chosen);
  ASSERT_EQ(options.spans.size(), 2U);
  EXPECT_EQ(options.spans[0].span, (core::Span{from_seconds(1), from_seconds(3.25)}));
  EXPECT_EQ(options.spans[0].title, "Mine");
  EXPECT_EQ(options.spans[1].title, "");
}

TEST(Request, EachMemberOfAnEditReachesIt) {
  const Options options = options_from(read_request(
      R"({"edits":[{"clip_number":2,"start":1,"end":4,"title":"T","caption_style":"pop","aspect_ratio":"4:5",
          "words":[{"word":"Good","start":1,"end":1.5},{"word":"New York","start":1.5,"end":2.25}],
          "words_from":1,"words_to":3,"crop":[{"time":1,"x":10,"y":20},{"time":2.5,"x":11.5,"y":0,"width":300}]}]})"));
  ASSERT_EQ(options.edits.size(), 1U);
  const Edit& made = options.edits[0];
  EXPECT_EQ(made.clip_number, 2);
  EXPECT_EQ(made.start, from_seconds(1));
  EXPECT_EQ(made.end, from_seconds(4));
  EXPECT_EQ(made.title, "T");
  EXPECT_EQ(made.caption_style, "pop");
  EXPECT_EQ(made.aspect_ratio, "4:5");
  EXPECT_EQ(made.words_span, (core::Span{from_seconds(1), from_seconds(3)}));
  ASSERT_TRUE(made.words);
  ASSERT_EQ(made.words->size(), 3U) << "two words written into one are two";
  EXPECT_EQ((*made.words)[1].text, "New");
  EXPECT_EQ((*made.words)[1].start, from_seconds(1.5));
  EXPECT_EQ((*made.words)[2].text, "York");
  EXPECT_EQ((*made.words)[2].end, from_seconds(2.25));
  EXPECT_EQ((*made.words)[1].end, (*made.words)[2].start);
  ASSERT_EQ(made.crop.size(), 2U);
  EXPECT_EQ(made.crop[0], (vision::ManualKeyframe{from_seconds(1), 10, 20, {}}));
  EXPECT_EQ(made.crop[1], (vision::ManualKeyframe{from_seconds(2.5), 11.5, 0, 300.0}));
}

TEST(Request, ComesBackFromItsText) {
  const std::string text =
      R"({"num_clips_requested":3,"spans":[{"start":1.1,"end":3.3}],"edits":[{"clip_number":1,"title":"\u00e4 \"b\""}]})";
  const std::string written = to_text(read_request(text));
  EXPECT_EQ(to_text(read_request(written)), written);
  EXPECT_EQ(to_text(read_request("{}")), "{}");
  EXPECT_EQ(to_text(read_request(R"({"language":null})")), "{}");
}

TEST(Request, WhatIsNoRequestIsRefusedWithItsPlace) {
  EXPECT_EQ(complaint("[]"), "The request is not JSON of the right type.");
  EXPECT_EQ(complaint(""), "The request is not JSON of the right type.");
  EXPECT_EQ(complaint(R"({"num_clips_requested":"five"})"),
            "num_clips_requested is not JSON of the right type.");
  EXPECT_EQ(complaint(R"({"num_clips_requested":2.5})"),
            "num_clips_requested is not JSON of the right type.");
  EXPECT_EQ(complaint(R"({"num_clips_requested":99999999999})"),
            "num_clips_requested is not JSON of the right type.");
  EXPECT_EQ(complaint(R"({"clips":5})"), "clips is no option that is known.");
  EXPECT_EQ(complaint(R"({"edits":[{"clip_number":1},{"clip_number":1,"crop":[{"time":"x"}]}]})"),
            "edits[1].crop[0].time is not JSON of the right type.");
  EXPECT_EQ(complaint(R"({"spans":[{"start":1}]})"), "spans[0] has no end.");
  EXPECT_EQ(complaint(R"({"edits":[{"title":"a"}]})"), "edits[0] has no clip_number.");
  EXPECT_NE(complaint(R"({} {})"), "");
  EXPECT_NE(complaint(R"({"language":"de")"), "");
}

TEST(Request, HostileTextsAreRefusedQuickly) {
  EXPECT_NE(complaint(std::string(1'000'000, '[')), "");
  EXPECT_NE(complaint(R"({"spans":)" + std::string(1'000'000, '[')), "");
  EXPECT_NE(complaint(R"({")" + std::string(1'000'000, 'a') + R"(":1})"), "");
  EXPECT_LT(complaint(R"({")" + std::string(1'000'000, 'a') + R"(":1})").size(), 300U);
  EXPECT_NE(complaint("{\"language\":\"\xFF\xFE\"}"), "");
  EXPECT_NE(complaint("{\"min_duration\":NaN}"), "");
  EXPECT_NE(complaint("{\"min_duration\":1e999}"), "");
}

TEST(RequestFaults, RangesAreThoseOfTheSettings) {
  EXPECT_EQ(wrong(R"({"num_clips_requested":0})"), Fields{"num_clips_requested"});
  EXPECT_EQ(wrong(R"({"num_clips_requested":21})"), Fields{"num_clips_requested"});
  EXPECT_EQ(wrong(R"({"num_clips_requested":20,"min_duration":1,"max_duration":3600})"), Fields{});
  EXPECT_EQ(wrong(R"({"aspect_ratio":"2:1","caption_style":"neon"})"),
            (Fields{"aspect_ratio", "caption_style"}));
  EXPECT_EQ(wrong(R"({"min_duration":0.5})"), Fields{"min_duration"});
  EXPECT_EQ(wrong(R"({"max_duration":3601})"), Fields{"max_duration"});
  EXPECT_EQ(faults_of(read_request(R"({"num_clips_requested":0})"))[0].message,
            "must be a whole number from 1 to 20");
}

TEST(RequestFaults, TheShortestClipIsNoLongerThanTheLongest) {
  EXPECT_EQ(wrong(R"({"min_duration":20,"max_duration":10})"), Fields{"min_duration"});
  EXPECT_EQ(wrong(R"({"min_duration":61})"), Fields{"min_duration"}) << "the longest is 60 s by default";
  EXPECT_EQ(wrong(R"({"max_duration":14})"), Fields{"max_duration"});
  EXPECT_EQ(wrong(R"({"min_duration":10,"max_duration":10})"), Fields{});
}

TEST(RequestFaults, LanguagesAreTags) {
  for (const char* tag : {"en", "pt-BR", "zh-Hant-TW", "x-klingon"})
    EXPECT_EQ(wrong(fmt::format(R"({{"language":"{}"}})", tag)), Fields{}) << tag;
  for (const char* tag : {"", "-en", "en-", "en--US", "en_US", "../../etc", "en US", "englishlanguage",
                          "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v"})
    EXPECT_EQ(wrong(fmt::format(R"({{"language":"{}"}})", tag)), Fields{"language"}) << tag;
}

TEST(RequestFaults, SpansAreSpans) {
  EXPECT_EQ(wrong(R"({"spans":[{"start":1,"end":3},{"start":3,"end":1}]})"), Fields{"spans[1].end"});
  EXPECT_EQ(wrong(R"({"spans":[{"start":-1,"end":3}]})"), Fields{"spans[0].start"});
  EXPECT_EQ(wrong(R"({"spans":[{"start":0,"end":1e300}]})"), Fields{"spans[0].end"});
  EXPECT_EQ(wrong(R"({"spans":[{"start":0,"end":0.9}]})"), Fields{"spans[0].end"});
  EXPECT_EQ(wrong(R"({"spans":[{"start":0,"end":3601}]})"), Fields{"spans[0].end"});
  EXPECT_EQ(wrong(R"({"spans":[{"start":0,"end":3,"title":" "}]})"), Fields{"spans[0].title"});
  EXPECT_EQ(wrong(edit(R"("start":5,"end":2)")), Fields{"edits[0].end"});
  EXPECT_EQ(wrong(edit(R"("start":5)")), Fields{});
}

TEST(RequestFaults, TitlesAreOneLineOfText) {
  EXPECT_EQ(wrong(edit(R"("title":"")")), Fields{"edits[0].title"});
  EXPECT_EQ(wrong(edit(R"("title":"a\nb")")), Fields{"edits[0].title"});
  EXPECT_EQ(wrong(edit(R"("title":"a\u0000b")")), Fields{"edits[0].title"});
  std::string long_title;
  for (int i = 0; i < 200; ++i) long_title += "\u00e4";
  EXPECT_EQ(wrong(edit(R"("title":")" + long_title + '"')), Fields{});
  EXPECT_EQ(wrong(edit(R"("title":")" + long_title + "x\"")), Fields{"edits[0].title"});
  EXPECT_EQ(wrong(edit(R"("title":"../../<script>")")), Fields{}) << "names of files are made elsewhere";
}

TEST(RequestFaults, ClipsHaveNumbersAndOneEditEach) {
  EXPECT_EQ(wrong(R"({"edits":[{"clip_number":0}]})"), Fields{"edits[0].clip_number"});
  EXPECT_EQ(wrong(R"({"edits":[{"clip_number":41}]})"), Fields{"edits[0].clip_number"});
  EXPECT_EQ(wrong(R"({"edits":[{"clip_number":3},{"clip_number":3}]})"), Fields{"edits[1].clip_number"});
}

TEST(RequestFaults, WordsFollowEachOther) {
  EXPECT_EQ(wrong(edit(R"("words":[])")), Fields{});
  EXPECT_EQ(wrong(edit(R"("words":[{"word":"a","start":2,"end":3},{"word":"b","start":1,"end":2}])")),
            Fields{"edits[0].words[1].start"});
  EXPECT_EQ(wrong(edit(R"("words":[{"word":"a","start":2,"end":1}])")), Fields{"edits[0].words[0].end"});
  EXPECT_EQ(wrong(edit(R"("words":[{"word":" ","start":1,"end":2}])")), Fields{"edits[0].words[0].word"});
  EXPECT_EQ(wrong(edit(R"("words":[{"word":"a\u0007","start":1,"end":2}])")),
            Fields{"edits[0].words[0].word"});
  EXPECT_EQ(wrong(edit(R"("words_from":5,"words":[{"word":"a","start":2,"end":3}])")),
            Fields{"edits[0].words[0].start"});
  EXPECT_EQ(wrong(edit(R"("words_from":5,"words_to":4)")), Fields{"edits[0].words_to"});
}

TEST(RequestFaults, CropKeyframesFollowEachOther) {
  EXPECT_EQ(wrong(edit(R"("crop":[{"time":1,"x":0,"y":0},{"time":1,"x":0,"y":0}])")),
            Fields{"edits[0].crop[1].time"});
  EXPECT_EQ(wrong(edit(R"("crop":[{"time":1,"x":-1,"y":9000,"width":3}])")),
            (Fields{"edits[0].crop[0].x", "edits[0].crop[0].y", "edits[0].crop[0].width"}));
  EXPECT_EQ(wrong(edit(R"("crop":[{"time":1e18,"x":0,"y":0}])")), Fields{"edits[0].crop[0].time"});
}

TEST(RequestFaults, TooMuchIsRefusedBeforeItIsLookedAt) {
  Request request;
  request.spans.emplace(21, RequestSpan{.start = 9, .end = 1});
  EXPECT_EQ(faults_of(request), (std::vector<FieldFault>{{"spans", "must hold at most 20 spans"}}));
  request.spans.reset();
  request.edits.emplace(41, RequestEdit{.clip_number = 1});
  EXPECT_EQ(faults_of(request).size(), 1U);
  request.edits.emplace(2, RequestEdit{.clip_number = 1});
  request.edits->front().words.emplace(20'000, RequestWord{"a", 1, 1});
  request.edits->back().words.emplace(1, RequestWord{"a", 1, 1});
  EXPECT_EQ(faults_of(request), (std::vector<FieldFault>{{"edits", "must hold at most 20000 words"}}));
}

TEST(RequestFaults, TheFirstIsTheError) {
  try {
    options_from(read_request(R"({"num_clips_requested":0,"aspect_ratio":"2:1"})"));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_STREQ(error.what(), "num_clips_requested must be a whole number from 1 to 20.");
  }
}

}  // namespace
}  // namespace reelwright::clips
