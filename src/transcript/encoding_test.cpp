#include "transcript/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/code_points.h"
#include "core/error.h"
#include "transcript/json_check.h"

namespace reelwright::transcript {
namespace {

using ::testing::HasSubstr;

template <typename Work>
std::string refusal(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

TEST(RequireUtf8, TakesTheByteOrderMarkOff) {
  EXPECT_EQ(require_utf8("\xEF\xBB\xBFGrüße"), "Grüße");
  EXPECT_EQ(require_utf8("Grüße"), "Grüße");
  EXPECT_EQ(require_utf8(""), "");
}

TEST(RequireUtf8, SaysWhatTheFileIsInstead) {
  const auto reading = [](const std::string& text) { return [text] { require_utf8(text); }; };
  EXPECT_THAT(refusal(reading(std::string("\xFF\xFEG\0", 4))), HasSubstr("UTF-16"));
  EXPECT_THAT(refusal(reading(std::string("\xFE\xFF\0G", 4))), HasSubstr("UTF-16"));
  EXPECT_THAT(refusal(reading(std::string("PK\0\3", 4))), HasSubstr("not text"));
  EXPECT_THAT(refusal(reading("Good\nGr\xFC\xDF"
                              "e\n")),
              HasSubstr("Line 2 "));
  EXPECT_THAT(refusal(reading("\xED\xA0\x80")), HasSubstr("Line 1 ")) << "half a surrogate pair";
}

TEST(CodePoints, AreReadOneByOneAndBrokenOnesAreSaid) {
  const std::string_view text = "a\u00E9\U0001F600\xFF";
  std::size_t at = 0;
  EXPECT_EQ(core::next_code_point(text, at), 'a');
  EXPECT_EQ(core::next_code_point(text, at), 0xE9);
  EXPECT_EQ(core::next_code_point(text, at), 0x1F600);
  EXPECT_EQ(core::next_code_point(text, at), -1);
  EXPECT_EQ(at, text.size());
  EXPECT_TRUE(core::any_code_point(text, [](std::int32_t c) { return c == 0x1F600; }));
  EXPECT_FALSE(core::any_code_point("", [](std::int32_t) { return true; }));
}

TEST(PrepareJson, PythonsNumbersThatAreNoneBecomeNull) {
  EXPECT_EQ(prepare_json(R"({"a": NaN, "b": [-Infinity]})"), R"({"a": null, "b": [null     ]})");
  EXPECT_EQ(prepare_json(R"({"a": "NaN \" Infinity"})"), R"({"a": "NaN \" Infinity"})") << "inside a text";
}

TEST(PrepareJson, OnlySoDeepAndTheLineIsSaid) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(prepare_json(deep), deep);
  EXPECT_THAT(refusal([&] { prepare_json("\n\n[" + deep + "]"); }), HasSubstr("Line 3 "));
  EXPECT_EQ(prepare_json("\"" + std::string(100, '[') + "\"").size(), 102U) << "brackets of a text";
}

TEST(LineOf, CountsFromOne) {
  EXPECT_EQ(line_of("a\nb\nc", 0), 1U);
  EXPECT_EQ(line_of("a\nb\nc", 2), 2U);
  EXPECT_EQ(line_of("a\nb\nc", 4), 3U);
}

}  // namespace
}  // namespace reelwright::transcript
