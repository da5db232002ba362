#include "server/schema.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "server/schema_json.h"

namespace reelwright::server {

struct TestPoint {
  double time = 0;
  std::optional<std::string> label;
};

struct TestRequest {
  int count = 5;
  std::optional<double> length;
  std::string shape = "round";
  bool loud = false;
  std::vector<TestPoint> points;
  std::map<std::string, int> sizes;
  std::optional<std::string> from;
};

template <>
struct Rules<TestPoint> {
  static std::vector<Rule> of() {
    return {{.field = "time", .help = "in seconds", .required = true, .minimum = 0},
            {.field = "label", .longest = 3}};
  }
};

template <>
struct Rules<TestRequest> {
  static std::vector<Rule> of() {
    return {{.field = "count", .minimum = 1, .maximum = 20, .preset = "5"},
            {.field = "shape", .choices = {"round", "square"}},
            {.field = "points", .longest = 2},
            {.field = "from", .format = "date-time"}};
  }
};

namespace {

using ::testing::ElementsAre;

std::vector<FieldError> errors(const std::string& json) {
  return validate(schema_of<TestRequest>(), parse_json(json));
}

TEST(Validate, TakesWhatIsRight) {
  for (const char* json : {"{}", R"({"count":1,"length":null,"shape":"square","loud":true})",
                           R"({"points":[{"time":0},{"time":1.5,"label":"abc"}],"sizes":{"a":1}})",
                           R"({"count":20,"from":"2026-11-23"})", R"({"from":"2026-11-23T09:30:00.5+01:00"})",
                           R"({"points":[{"time":0,"label":"\u00e9\u00e9\u00e9"}]})"})
    EXPECT_THAT(errors(json), ElementsAre()) << json;
}

// One row for each rule there is: where it is broken, and what is said.
TEST(Validate, NamesTheFieldThatIsWrong) {
  for (const auto& [json, where, what] : std::vector<std::tuple<const char*, const char*, const char*>>{
           {R"([])", "body", "must be an object"},
           {R"({"count":0})", "count", "must be from 1 to 20"},
           {R"({"count":21})", "count", "must be from 1 to 20"},
           {R"({"count":1.5})", "count", "must be a whole number"},
           {R"({"count":"1"})", "count", "must be a whole number"},
           {R"({"count":1e300})", "count", "must be a whole number"},
           {R"({"count":null})", "count", "must not be null"},
           {R"({"length":"x"})", "length", "must be a number"},
           {R"({"shape":"Round"})", "shape", "must be one of round, square"},
           {R"({"shape":5})", "shape", "must be a text"},
           {R"({"loud":1})", "loud", "must be true or false"},
           {R"({"points":{}})", "points", "must be a list"},
           {R"({"points":[{}]})", "points[0].time", "is missing"},
           {R"({"points":[{"time":0},{"time":-1}]})", "points[1].time", "must be 0 or more"},
           {R"({"points":[{"time":0,"label":"abcd"}]})", "points[0].label",
            "must be at most 3 characters long"},
           {R"({"points":[{"time":0},{"time":0},{"time":0}]})", "points", "must have at most 2 elements"},
           {R"({"sizes":{"a":"x"}})", "sizes.a", "must be a whole number"},
           {R"({"from":"yesterday"})", "from", "must be a date or time such as 2026-11-23T09:30:00Z"},
           {R"({"shape":"a\u0000b"})", "shape", "must be one of round, square"},
           {R"({"colour":1})", "colour", "is not known; look at /docs for what is"}}) {
    const auto found = errors(json);
    ASSERT_FALSE(found.empty()) << json;
    EXPECT_EQ(found.front(), (FieldError{where, what})) << json;
  }
}

TEST(Validate, TellsAllThatIsWrongButNotWithoutEnd) {
  EXPECT_EQ(errors(R"({"count":0,"shape":"x","loud":2})").size(), 3U);
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += fmt::format(R"("x{}":1,)", i);
  EXPECT_LE(errors(many + R"("y":1})").size(), 20U);
}

TEST(ParseJson, RefusesNonsenseAndWhatIsNestedTooDeep) {
  for (const std::string& bad : {std::string("{"), std::string("{}x"), std::string(), std::string("nul"),
                                 std::string(100'000, '['), std::string("{\"a\":\"\xff\"}")})
    EXPECT_THROW(parse_json(bad), core::Error) << bad.substr(0, 20);
  EXPECT_NO_THROW(parse_json(R"({"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["})"));
}

TEST(ReadAs, GivesTheStruct) {
  const auto request =
      read_json<TestRequest>(R"({"count":3,"points":[{"time":1.5,"label":"a"}],"sizes":{"b":2}})");
  EXPECT_EQ(request.count, 3);
  EXPECT_EQ(request.shape, "round");
  ASSERT_EQ(request.points.size(), 1U);
  EXPECT_EQ(request.points[0].label, "a");
  EXPECT_EQ(request.sizes.at("b"), 2);
  EXPECT_THROW(read_json<TestRequest>(R"({"count":0})"), InvalidFields);
}

TEST(ObjectFrom, MakesOfEachTextWhatItsFieldIs) {
  const std::vector<std::pair<std::string, std::string>> form = {
      {"count", "3"}, {"length", "1.5"}, {"loud", "true"}, {"points", R"([{"time":2}])"}, {"shape", "5"}};
  const Schema schema = schema_of<TestRequest>();
  const auto value = object_from(schema, form);
  EXPECT_THAT(validate(schema, value), ElementsAre(FieldError{"shape", "must be one of round, square"}));
  const std::vector<std::pair<std::string, std::string>> wrong = {{"count", "3x"}};
  EXPECT_THAT(validate(schema, object_from(schema, wrong)),
              ElementsAre(FieldError{"count", "must be a whole number"}));
}

TEST(JsonSchema, SaysWhatIsEnforced) {
  NamedSchemas named;
  auto there = to_json_schema(schema_of<TestRequest>(), named);
  EXPECT_EQ(there.dump().value(), R"({"$ref":"#/components/schemas/TestRequest"})");
  ASSERT_TRUE(named.contains("TestRequest"));
  ASSERT_TRUE(named.contains("TestPoint"));
  auto& properties = named["TestRequest"]["properties"];
  EXPECT_EQ(properties["count"].dump().value(), R"({"type":"integer","minimum":1,"maximum":20,"default":5})");
  EXPECT_EQ(properties["length"].dump().value(), R"({"type":["number","null"]})");
  EXPECT_EQ(properties["shape"].dump().value(), R"({"type":"string","enum":["round","square"]})");
  EXPECT_EQ(properties["points"].dump().value(),
            R"({"type":"array","items":{"$ref":"#/components/schemas/TestPoint"},"maxItems":2})");
  EXPECT_EQ(properties["sizes"].dump().value(),
            R"({"type":"object","additionalProperties":{"type":"integer"}})");
  EXPECT_EQ(named["TestPoint"]["required"].dump().value(), R"(["time"])");
}

}  // namespace
}  // namespace reelwright::server
