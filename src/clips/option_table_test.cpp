#include "clips/option_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <glaze/glaze.hpp>

#include "clips/request_fields.h"
#include "core/config.h"
#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

class OptionTable : public ::testing::Test {
 protected:
  std::vector<OptionRow> table(const std::map<std::string, std::string>& flags = {}) const {
    return option_table(core::Config::load(
        {.flags = flags, .folder = folder.path(), .environment = [](const char*) { return nullptr; }}));
  }

  OptionRow row(const std::string& name) const {
    const auto rows = table();
    return *std::ranges::find(rows, name, &OptionRow::name);
  }

  testing::TemporaryFolder folder;
};

TEST_F(OptionTable, HasEachMemberOfARequestInItsOrder) {
  std::vector<std::string> names;
  for (const OptionRow& row : table()) names.push_back(row.name);
  std::vector<std::string> members;
  for (const auto& key : glz::reflect<Request>::keys) members.emplace_back(key);
  EXPECT_EQ(names, members);
}

TEST_F(OptionTable, TellsRangesChoicesAndDefaults) {
  const OptionRow clips = row("num_clips_requested");
  EXPECT_EQ(clips.type, "integer");
  EXPECT_EQ(clips.preset, (std::variant<bool, double, std::string>(5.0)));
  EXPECT_EQ(clips.minimum, 1);
  EXPECT_EQ(clips.maximum, 20);
  EXPECT_EQ(clips.aliases, std::vector<std::string>{"num_clips"});
  EXPECT_EQ(row("min_duration").at_most, "max_duration");
  EXPECT_EQ(row("language").type, "string");
  EXPECT_EQ(row("language").choices, std::nullopt);
  for (const OptionRow& each : table()) EXPECT_FALSE(each.help.empty()) << each.name;
}

TEST_F(OptionTable, EachCaptionStyleSaysHowItLooks) {
  const auto choices = row("caption_style").choices;
  ASSERT_TRUE(choices);
  EXPECT_EQ(choices->front().value, "none");
  for (const OptionChoice& choice : *choices) EXPECT_FALSE(choice.help.empty()) << choice.value;
}

TEST_F(OptionTable, DefaultsAreThoseOfTheService) {
  EXPECT_EQ(table({{"NUM_CLIPS", "9"}})[0].preset, (std::variant<bool, double, std::string>(9.0)));
}

TEST_F(OptionTable, ItsJsonLeavesOutWhatThereIsNot) {
  glz::generic json;
  ASSERT_FALSE(glz::read_json(json, to_text(table())));
  auto& clips = json[0];
  EXPECT_EQ(clips["default"].get<double>(), 5);
  EXPECT_FALSE(clips.contains("preset"));
  EXPECT_FALSE(clips.contains("choices"));
  EXPECT_EQ(json[1]["choices"][0]["value"].get<std::string>(), "9:16");
}

// The defaults of the table are what a request without members gets, and each is allowed.
TEST_F(OptionTable, EachDefaultCanBeAskedFor) {
  Request request;
  for (const OptionRow& each : table()) {
    if (!each.preset) continue;
    std::string text;
    if (std::holds_alternative<double>(*each.preset)) text = fmt::to_string(std::get<double>(*each.preset));
    if (std::holds_alternative<std::string>(*each.preset)) text = std::get<std::string>(*each.preset);
    EXPECT_TRUE(set_field(request, each.name, text)) << each.name;
  }
  EXPECT_TRUE(faults_of(request).empty());
  EXPECT_EQ(request.num_clips_requested, 5);
  EXPECT_EQ(request.caption_style, "none");
}

}  // namespace
}  // namespace reelwright::clips
