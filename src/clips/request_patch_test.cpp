#include "clips/request_patch.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;

constexpr core::Span now{std::chrono::milliseconds(12'250), std::chrono::milliseconds(42'750)};

Request edited(const Request& request, const std::string& patch) { return with_edit(request, 2, patch, now); }

std::string complaint(const std::string& patch) {
  try {
    edited({}, patch);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    return error.what();
  }
  return {};
}

TEST(RequestPatch, NamedMembersAreReplacedAndNullTakesThemAway) {
  const Request before =
      read_request(R"({"num_clips_requested":3,"language":"de","spans":[{"start":1,"end":2}]})");
  EXPECT_EQ(to_text(patched(before, R"({"num_clips_requested":4,"spans":null,"aspect_ratio":"1:1"})")),
            R"({"num_clips_requested":4,"aspect_ratio":"1:1","language":"de"})");
  EXPECT_EQ(to_text(patched(before, "{}")), to_text(before));
  EXPECT_EQ(to_text(patched(before, R"({"spans":[]})")),
            R"({"num_clips_requested":3,"language":"de","spans":[]})");
}

TEST(RequestPatch, AnEditStaysWithItsClip) {
  EXPECT_EQ(to_text(edited({}, R"({"title":"T"})")),
            R"({"edits":[{"clip_number":2,"start":12.25,"end":42.75,"title":"T"}]})");
  EXPECT_EQ(to_text(edited({}, R"({"start":13})")),
            R"({"edits":[{"clip_number":2,"start":13,"end":42.75}]})");
  EXPECT_EQ(to_text(edited({}, R"({"title":"T","start":null,"end":null})")),
            R"({"edits":[{"clip_number":2,"title":"T"}]})");
}

TEST(RequestPatch, ChangesAddUpByClip) {
  Request request = edited({}, R"({"title":"T"})");
  request = with_edit(request, 1, R"({"caption_style":"pop"})", {from_seconds(50), from_seconds(60)});
  request = edited(request, R"({"caption_style":"bold","end":40})");
  EXPECT_EQ(to_text(request),
            R"({"edits":[{"clip_number":2,"start":12.25,"end":40,"title":"T","caption_style":"bold"},)"
            R"({"clip_number":1,"start":50,"end":60,"caption_style":"pop"}]})");
  request = edited(request, R"({"title":null})");
  EXPECT_FALSE(to_text(request).contains("title"));
}

TEST(RequestPatch, WordsStandForTheClipAsItIsThen) {
  Request request = edited({}, R"({"end":40,"words":[{"word":"Hello","start":13,"end":14}]})");
  EXPECT_EQ(request.edits->front().words_from, 12.25);
  EXPECT_EQ(request.edits->front().words_to, 40);
  request = edited(request, R"({"end":50})");
  EXPECT_EQ(request.edits->front().words_to, 40) << "what comes after is the transcript's";
  request = edited(request, R"({"words":null})");
  EXPECT_EQ(request.edits->front().words_from, std::nullopt);
  EXPECT_EQ(request.edits->front().words, std::nullopt);
}

TEST(RequestPatch, ErrorsNameTheMemberOfTheEdit) {
  EXPECT_EQ(complaint(R"({"crop":[{"time":"x"}]})"), "crop[0].time is not JSON of the right type.");
  EXPECT_EQ(complaint(R"({"colour":"red"})"), "colour is no option that is known.");
  EXPECT_EQ(complaint(R"({"clip_number":3})"), "clip_number cannot be changed.");
  EXPECT_EQ(complaint("[]"), "The change is not a JSON object.");
  EXPECT_EQ(complaint("null"), "The change is not a JSON object.");
  EXPECT_NE(complaint(R"({"title":)" + std::string(1'000'000, '[')), "");
  EXPECT_NE(complaint(R"({"title":"a"} x)"), "");
  const Request request = edited({}, R"({"title":"","caption_style":"neon"})");
  const auto faults = faults_of_edit(request, 2);
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].field, "title");
  EXPECT_EQ(faults[1].field, "caption_style");
}

}  // namespace
}  // namespace reelwright::clips
