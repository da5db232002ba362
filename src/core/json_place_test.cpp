#include "core/json_place.h"

#include <gtest/gtest.h>

namespace reelwright::core {
namespace {

// The place of the first `@` of `text`.
std::string place(std::string_view text) { return json_place(text, text.find('@')); }

TEST(JsonPlace, NamesMembersAndPlaces) {
  EXPECT_EQ(place("@"), "");
  EXPECT_EQ(place("{@}"), "");
  EXPECT_EQ(place(R"({"a": @})"), "a");
  EXPECT_EQ(place(R"({"a": 1, "b": [1, {"c": @}]})"), "b[1].c");
  EXPECT_EQ(place(R"({"edits":[{"crop":[{"time":1},{"time":2},{"time":@)"), "edits[0].crop[2].time");
  EXPECT_EQ(place("[[1],[2,3,@]]"), "[1][2]");
}

TEST(JsonPlace, WhatIsClosedIsForgotten) {
  EXPECT_EQ(place(R"({"a": {"b": [1, 2]}, "c": @})"), "c");
  EXPECT_EQ(place(R"({"a": 1, @})"), "");
}

TEST(JsonPlace, SignsInsideOfTextsMeanNothing) {
  EXPECT_EQ(place(R"({"a\"]}": "[{,:\"", "b": @})"), "b");
  EXPECT_EQ(place(R"({"a": "x:y", @})"), "");
}

TEST(JsonPlace, BrokenTextsAreReadAsFarAsTheyGo) {
  EXPECT_EQ(json_place("}]}}", 4), "");
  EXPECT_EQ(json_place(R"({"a)", 100), "a");
  EXPECT_EQ(json_place(R"({"a\)", 4), "a\\");
  EXPECT_EQ(json_place(std::string(100000, '['), 3), "[0][0][0]");
}

}  // namespace
}  // namespace reelwright::core
