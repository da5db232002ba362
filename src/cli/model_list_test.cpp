#include "cli/model_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/table.h"

namespace reelwright::cli {
namespace {

using ::testing::HasSubstr;

const inference::Registry registry = inference::Registry::parse(
    R"({"models": [{"name": "w", "role": "transcriber", "format": "ggml", "languages": ["*"], "licence": "MIT",
        "files": [{"name": "w.bin", "url": "https://example.com/w.bin", "bytes": 1500000000}]},
                   {"name": "v", "role": "synthesizer", "format": "onnx", "languages": [], "licence": "CC0",
        "files": [{"name": "v.onnx", "url": "https://example.com/v.onnx"}]}]})",
    "test.json");

inference::InstalledModel own(const std::string& name, std::optional<inference::Role> role) {
  return {.name = name,
          .role = role,
          .format = inference::Format::onnx,
          .place = name,
          .files = {name},
          .bytes = 7};
}

TEST(Table, ColumnsStandOneUnderTheOther) {
  EXPECT_EQ(aligned({{"A", "B"}, {"long", ""}, {"", "x"}}), "A     B\nlong\n      x\n");
}

TEST(ModelList, SizesAreForPeople) {
  EXPECT_EQ(size_text(0), "0 B");
  EXPECT_EQ(size_text(232'589), "233 kB");
  EXPECT_EQ(size_text(147'951'465), "148 MB");
  EXPECT_EQ(size_text(1'624'555'275), "1.6 GB");
}

TEST(ModelList, ShowsWhatCanBePulledAndWhatIsThere) {
  EXPECT_EQ(model_table(registry, {own("mine.onnx", inference::Role::detector)}),
            "NAME       ROLE         LANGUAGES  SIZE    LICENCE  INSTALLED\n"
            "w          transcriber  many       1.5 GB  MIT      no\n"
            "v          synthesizer  -          ?       CC0      no\n"
            "mine.onnx  detector     -          7 B     -        yes, your own\n");
}

TEST(ModelList, SaysWhatIsWrongWithAUsersFile) {
  EXPECT_THAT(model_table(registry, {own("a.onnx", {})}), HasSubstr("your own, but its role is not certain"));
  EXPECT_THAT(model_table(registry, {own("a.bin", inference::Role::transcriber)}),
              HasSubstr("your own, but it is no ggml file"));
}

TEST(ModelList, NamesOfFilesCannotBreakOut) {
  const std::string name = "a\x1b[2J\xff.onnx";
  EXPECT_THAT(model_table(registry, {own(name, inference::Role::detector)}), HasSubstr("a\\x1b[2J"));
  const std::string json = model_list_json("/m", registry, {own(name, inference::Role::detector)});
  EXPECT_THAT(json, HasSubstr("\"a\\u001B[2J\xEF\xBF\xBD.onnx\""));
}

TEST(ModelList, VerdictsAreGoodOnlyAltogether) {
  const inference::FileVerdict good{.file = "/m/a", .verdict = inference::Verdict::good, .sha256 = "00"};
  const inference::FileVerdict bad{
      .file = "/m/b", .verdict = inference::Verdict::missing, .problem = "missing"};
  EXPECT_THAT(verdicts_json({{"x", {good}}}), HasSubstr("\"good\": true"));
  EXPECT_THAT(verdicts_json({{"x", {good, bad}}}), HasSubstr("\"good\": false"));
  EXPECT_EQ(verdict_table({{"x", {good, bad}}}),
            "MODEL  FILE  STATE\nx      a     good\nx      b     missing\n");
}

}  // namespace
}  // namespace reelwright::cli
