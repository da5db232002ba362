#include "language/gbnf.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

#include "core/text.h"
#include "language/gbnf_range.h"
#include "language/llama_file.h"
#include "language/llama_writer.h"
#include "language/test_llama.h"

namespace reelwright::language {
namespace {

/// A vocabulary that has every byte, for which llama.cpp reads grammars.
const LlamaFile& vocabulary() {
  static const LlamaFile file(llama_fixture("llama.gguf"), "MODEL", {});
  return file;
}

/// Whether llama.cpp's own reader of grammars takes `text`, byte for byte, as a whole.
bool accepts(const std::string& grammar, std::string_view text) {
  LlamaWriter writer(vocabulary(), grammar);
  constexpr llama_token first_byte = 3, end = 2;
  std::vector<float> only(static_cast<std::size_t>(::llama_vocab_n_tokens(vocabulary().vocabulary())));
  const auto takes = [&](llama_token wanted) {
    std::ranges::fill(only, -std::numeric_limits<float>::infinity());
    only[static_cast<std::size_t>(wanted)] = 1;
    const auto chosen = writer.choose(only);
    return wanted == end ? !chosen && writer.ended() : chosen == wanted;
  };
  for (const char c : text)
    if (!takes(first_byte + static_cast<unsigned char>(c))) return false;
  return takes(end);
}

bool takes_number(std::optional<std::int64_t> least, std::optional<std::int64_t> most,
                  const std::string& text) {
  return accepts("root ::= " + integer_range(least, most) + "\n", text);
}

Schema text(std::optional<std::int64_t> most = {}) { return {.type = Schema::Type::string, .most = most}; }

Schema integer(std::optional<std::int64_t> least = {}, std::optional<std::int64_t> most = {}) {
  return {.type = Schema::Type::integer, .least = least, .most = most};
}

Schema list(Schema of, std::optional<std::int64_t> least = {}, std::optional<std::int64_t> most = {}) {
  return {.type = Schema::Type::array, .items = {std::move(of)}, .least = least, .most = most};
}

Schema nested() {
  return {
      .properties = {{"clips", list({.properties = {{"number", integer()}, {"a \"title\"\\", text()}}})}}};
}

TEST(Gbnf, TakesWhatFitsAndNothingElse) {
  const std::string grammar = to_gbnf(nested());
  const char* good[] = {
      R"({"clips":[]})", R"({"clips": []})", R"({"clips":[{"number":0,"a \"title\"\\":""}]})",
      R"({"clips": [{"number": -12, "a \"title\"\\": "x"}, {"number":7,"a \"title\"\\":"y"}]})"};
  for (const char* json : good) {
    EXPECT_TRUE(accepts(grammar, json)) << json;
    EXPECT_EQ(misfit(json, nested()), "") << json;
  }
  const char* bad[] = {"",
                       "{}",
                       "[]",
                       R"({"clips":{}})",
                       R"({"clips":[]}x)",
                       R"({"clips":[)",
                       R"({"clips":[{"number":1}]})",
                       R"({"clips":[{"number":1.5,"a \"title\"\\":""}]})",
                       R"({"clips":[{"number":01,"a \"title\"\\":""}]})",
                       R"({"clips":[{"number":-0,"a \"title\"\\":""}]})",
                       R"({"clips":[{"number":9999999999999999,"a \"title\"\\":""}]})",
                       R"({"clips":[{"number":"1","a \"title\"\\":""}]})",
                       R"({"clips":[{"number":1,"a \"title\"\\":null}]})",
                       R"({"clips":[{"number":1,"a \"title\"\\":"","more":1}]})",
                       R"({"clips":[{"number":1,"a \"title\"\\":""},]})"};
  for (const char* json : bad) EXPECT_FALSE(accepts(grammar, json)) << json;
}

TEST(Gbnf, StringsAreWhatJsonCallsStrings) {
  const Schema schema{.properties = {{"t", text()}}};
  const std::string grammar = to_gbnf(schema);
  const auto in = [](const std::string& content) { return R"({"t":")" + content + "\"}"; };
  for (const std::string& good :
       {std::string("a b"), std::string("Größe 日本 🐝"),
        std::string(R"(\"\\\/\b\f\n\r\t\u00e9\uD7ff\uE000)"), std::string("\x7F"), std::string(3000, 'x')}) {
    EXPECT_TRUE(accepts(grammar, in(good))) << good;
    EXPECT_EQ(misfit(in(good), schema), "") << good;
  }
  for (const std::string& bad :
       {std::string("\""), std::string("\\"), std::string("\\x"), std::string("\\u12"),
        std::string("\\ud800"), std::string("\n"), std::string("\t"), std::string(1, '\0')})
    EXPECT_FALSE(accepts(grammar, in(bad))) << bad;
}

TEST(Gbnf, KeepsToBounds) {
  const std::string grammar =
      to_gbnf({.properties = {{"n", integer(1, 12)}, {"t", text(3)}, {"l", list(integer(), 1, 2)}}});
  EXPECT_TRUE(accepts(grammar, R"({"n":12,"t":"日本🐝","l":[1]})"));
  EXPECT_TRUE(accepts(grammar, R"({"n":1,"t":"","l":[1,2]})"));
  for (const char* bad :
       {R"({"n":0,"t":"","l":[1]})", R"({"n":13,"t":"","l":[1]})", R"({"n":1,"t":"four","l":[1]})",
        R"({"n":1,"t":"","l":[]})", R"({"n":1,"t":"","l":[1,2,3]})"})
    EXPECT_FALSE(accepts(grammar, bad)) << bad;
  EXPECT_TRUE(accepts(to_gbnf(list(text(), 0, 0)), "[]"));
  EXPECT_FALSE(accepts(to_gbnf(list(text(), 0, 0)), R"([""])"));
  const std::string long_text = to_gbnf(text(100'000));
  EXPECT_TRUE(accepts(long_text, '"' + std::string(2000, 'x') + '"')) << "more than a grammar can count";
}

TEST(Gbnf, RangesOfNumbersAreExact) {
  const std::array<std::pair<int, int>, 12> ranges{{{0, 100},
                                                    {1, 1},
                                                    {1, 16},
                                                    {0, 0},
                                                    {7, 123},
                                                    {99, 100},
                                                    {100, 999},
                                                    {105, 1042},
                                                    {-5, 5},
                                                    {-120, -7},
                                                    {-1, 0},
                                                    {250, 259}}};
  for (const auto& [least, most] : ranges)
    for (int number = least - 130; number <= most + 130; ++number)
      EXPECT_EQ(takes_number(least, most, std::to_string(number)), number >= least && number <= most)
          << number << " of " << least << " to " << most;
}

TEST(Gbnf, RangesHoldAtTheirEnds) {
  EXPECT_TRUE(takes_number(5, {}, "999999999999999"));
  EXPECT_FALSE(takes_number(5, {}, "4"));
  EXPECT_FALSE(takes_number(5, {}, "1000000000000000"));
  EXPECT_TRUE(takes_number({}, -3, "-999999999999999"));
  EXPECT_FALSE(takes_number({}, -3, "-2"));
  EXPECT_FALSE(takes_number(0, 100, "007"));
  EXPECT_FALSE(takes_number(0, 100, ""));
  EXPECT_TRUE(takes_number(9, 3, "9")) << "a range without numbers has its lower bound";
}

/// A schema from dice, nested three deep at most.
Schema random_schema(std::mt19937& dice, int depth) {
  const auto roll = [&](int most) { return std::uniform_int_distribution(0, most)(dice); };
  switch (depth > 0 ? roll(3) : 2 + roll(1)) {
    case 0: {
      Schema object;
      for (int i = roll(3); i >= 0; --i)
        object.properties.push_back(
            {fmt::format("p{}{}", i, roll(1) ? "\"" : "é"), random_schema(dice, depth - 1)});
      return object;
    }
    case 1:
      return list(random_schema(dice, depth - 1), roll(2), 2 + roll(2));
    case 2:
      return text(roll(6));
    default:
      return roll(1) ? integer() : integer(roll(200) - 100, 100 + roll(1000));
  }
}

TEST(Gbnf, WhateverIsChosenFits) {
  std::mt19937 dice(7);
  const auto words = static_cast<std::size_t>(::llama_vocab_n_tokens(vocabulary().vocabulary()));
  std::normal_distribution<float> likelihood;
  for (int i = 0; i < 60; ++i) {
    const Schema schema = random_schema(dice, 3);
    LlamaWriter writer(vocabulary(), to_gbnf(schema));
    std::vector<float> likelihoods(words);
    do {
      for (float& one : likelihoods) one = likelihood(dice);
    } while (writer.choose(likelihoods));
    EXPECT_TRUE(writer.ended());
    EXPECT_EQ(misfit(core::valid_utf8(writer.text()), schema), "") << writer.text() << "\n"
                                                                   << to_json(schema);
  }
}

}  // namespace
}  // namespace reelwright::language
