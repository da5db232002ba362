#include "core/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace reelwright::core {
namespace {

using ::testing::HasSubstr;

constexpr std::array<std::string_view, 2> shapes{"round", "square"};
constexpr Setting shape{.name = "SHAPE",
                        .flag = "--shape",
                        .group = SettingGroup::machine,
                        .type = SettingType::text,
                        .preset = "round",
                        .choices = shapes,
                        .help = "its shape"};
constexpr Setting label{.name = "LABEL",
                        .flag = "--label",
                        .group = SettingGroup::machine,
                        .type = SettingType::text,
                        .preset = "x",
                        .help = "its label"};
constexpr Setting count{.name = "COUNT",
                        .flag = "--count",
                        .group = SettingGroup::machine,
                        .type = SettingType::integer,
                        .preset = "2",
                        .minimum = -1,
                        .maximum = 20,
                        .help = "how many"};
constexpr Setting length{.name = "LENGTH",
                         .flag = "--length",
                         .group = SettingGroup::machine,
                         .type = SettingType::number,
                         .preset = "1.5",
                         .minimum = 0.5,
                         .maximum = 3,
                         .help = "how long"};
constexpr Setting place{.name = "PLACE",
                        .flag = "--place",
                        .group = SettingGroup::machine,
                        .type = SettingType::path,
                        .preset = "/",
                        .help = "where"};

TEST(Setting, AChoiceIsTakenAsItIsWritten) {
  EXPECT_TRUE(allows(shape, "square"));
  EXPECT_FALSE(allows(shape, "Square"));
  EXPECT_FALSE(allows(shape, "squar"));
  EXPECT_TRUE(allows(label, "anything at all"));
}

TEST(Setting, BoundsBelongToTheRange) {
  for (const char* good : {"-1", "0", "20"}) EXPECT_TRUE(allows(count, good)) << good;
  for (const char* bad : {"-2", "21", "2.0", "0x2", "+2", "2 ", ""}) EXPECT_FALSE(allows(count, bad)) << bad;
  for (const char* good : {"0.5", "3", "1e0"}) EXPECT_TRUE(allows(length, good)) << good;
  for (const char* bad : {"0.49", "3.01", "nan", "inf", "1,5"}) EXPECT_FALSE(allows(length, bad)) << bad;
}

TEST(Setting, NothingAndNullBytesAreNoValue) {
  for (const Setting& setting : {shape, label, count, length, place}) {
    EXPECT_FALSE(allows(setting, "")) << setting.name;
    EXPECT_FALSE(allows(setting, std::string_view("a\0b", 3))) << setting.name;
  }
}

TEST(Setting, WhatIsAllowedReadsAsAfterMustBe) {
  EXPECT_EQ(allowed(shape), "one of round, square");
  EXPECT_EQ(allowed(label), "text");
  EXPECT_EQ(allowed(count), "a whole number from -1 to 20");
  EXPECT_EQ(allowed(length), "a number from 0.5 to 3");
  EXPECT_EQ(allowed(place), "a path");
}

TEST(SettingsTable, NamesAndFlagsAreItsOwn) {
  std::set<std::string_view> names;
  std::set<std::string_view> flags;
  for (const Setting& setting : settings()) {
    EXPECT_TRUE(names.insert(setting.name).second) << setting.name << " stands twice";
    if (setting.type == SettingType::secret) {
      EXPECT_EQ(setting.flag, "") << "others on the machine can read flags";
    } else {
      EXPECT_TRUE(flags.insert(setting.flag).second) << setting.flag << " stands twice";
      EXPECT_TRUE(setting.flag.starts_with("--")) << setting.flag;
    }
    EXPECT_EQ(find_setting(setting.name), &setting);
  }
  EXPECT_EQ(find_setting("num_clips"), nullptr);
  EXPECT_EQ(find_setting("LANGUAGE"), nullptr) << "that name is GNU gettext's";
}

TEST(SettingsTable, EachRowIsWhole) {
  for (const Setting& setting : settings()) {
    EXPECT_FALSE(setting.help.empty()) << setting.name;
    EXPECT_TRUE(allows(setting, setting.preset)) << setting.name;
    EXPECT_LE(setting.minimum, setting.maximum) << setting.name;
  }
}

TEST(SettingsTable, AnUpperBoundIsAnotherNumber) {
  for (const Setting& setting : settings()) {
    if (setting.at_most.empty()) continue;
    const Setting* bound = find_setting(setting.at_most);
    ASSERT_NE(bound, nullptr) << setting.name;
    EXPECT_EQ(setting.type, SettingType::number) << setting.name;
    EXPECT_EQ(bound->type, SettingType::number) << setting.name;
  }
}

TEST(EnvTemplate, ShowsEverySettingWithHelpRangeAndDefault) {
  const std::string text = env_template();
  for (const Setting& setting : settings()) {
    EXPECT_THAT(text,
                HasSubstr("\n#" + std::string(setting.name) + "=" + std::string(setting.preset) + "\n"));
    EXPECT_THAT(text, HasSubstr(std::string(setting.help) + " (" + allowed(setting) + ")"));
  }
}

}  // namespace
}  // namespace reelwright::core
