#include "language/schema.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "language/json_in_text.h"

namespace reelwright::language {
namespace {

Schema of(Schema::Type type) { return {.type = type}; }

Schema clips() {
  Schema clip{
      .properties = {property("number", {.type = Schema::Type::integer, .description = "as \"asked\""}),
                     property("title", of(Schema::Type::string))}};
  return {.properties = {property("clips", {.type = Schema::Type::array, .items = {clip}})}};
}

TEST(Schema, IsStrictInEveryObject) {
  EXPECT_EQ(to_json(clips()),
            R"({"type":"object","properties":{"clips":{"type":"array","items":{"type":"object","properties":)"
            R"({"number":{"type":"integer","description":"as \"asked\""},"title":{"type":"string"}},)"
            R"("required":["number","title"],"additionalProperties":false}}},"required":["clips"],)"
            R"("additionalProperties":false})");
}

TEST(Schema, WhatFitsHasNoFault) {
  EXPECT_EQ(misfit(R"({"clips":[{"number":1,"title":"a"},{"title":"","number":-2}]})", clips()), "");
  EXPECT_EQ(misfit(R"({"clips":[]})", clips()), "");
  EXPECT_EQ(misfit(R"({"clips":[{"number":3.0,"title":"a"}]})", clips()), "") << "3.0 is a whole number";
}

TEST(Schema, AFaultIsNamedByItsPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "it is no JSON"},
      {"{\"clips\":[", "it is no JSON"},
      {"[]", "the answer must be of the type object"},
      {"{}", "clips is missing"},
      {R"({"clips":{}})", "clips must be of the type array"},
      {R"({"clips":[{"number":1}]})", "clips[0].title is missing"},
      {R"({"clips":[{"number":1.5,"title":"a"}]})", "clips[0].number must be of the type integer"},
      {R"({"clips":[{"number":1e300,"title":"a"}]})", "clips[0].number must be of the type integer"},
      {R"({"clips":[{"number":"1","title":"a"}]})", "clips[0].number must be of the type integer"},
      {R"({"clips":[{"number":1,"title":null}]})", "clips[0].title must be of the type string"},
      {R"({"clips":[{"number":1,"title":"a","start":2}]})", "clips[0].start is not asked for"}};
  for (const auto& [json, fault] : cases) EXPECT_EQ(misfit(json, clips()), fault) << json;
}

TEST(Schema, DepthIsNoDanger) {
  EXPECT_EQ(misfit(std::string(1'000'000, '['), clips()), "it is no JSON");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += R"({"clips":)";
  EXPECT_EQ(misfit(deep, clips()), "it is no JSON");
}

TEST(JsonInText, IsFoundWhereverModelsPutIt) {
  constexpr std::string_view json = R"({"a":"}\"{","b":{}})";
  for (const std::string before : {"", "Here you are:\n", "```json\n", "<think>{hm} {</think>\n"})
    for (const std::string after : {"", "\n```\nI hope it helps {really}.", "}"})
      EXPECT_EQ(json_in_text(fmt::format("{}{}{}", before, json, after)), json) << before << after;
}

TEST(JsonInText, WhatIsNotWholeIsNone) {
  for (const char* text : {"", "none", R"({"a":1)", R"({"a":"})", "}", "[1]"})
    EXPECT_EQ(json_in_text(text), "") << text;
}

}  // namespace
}  // namespace reelwright::language
