#include "core/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::core {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class ConfigTest : public ::testing::Test {
 protected:
  Config load() {
    return Config::load(
        {.flags = flags, .file = file, .folder = folder.path(), .environment = [this](const char* name) {
           const auto found = environment.find(name);
           return found == environment.end() ? nullptr : found->second.c_str();
         }});
  }

  void write(const char* name, std::string_view text) { write_file(folder / name, text); }

  std::string refusal(ErrorCode code = ErrorCode::invalid_input) {
    try {
      load();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code);
      return error.what();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
  }

  reelwright::testing::TemporaryFolder folder;
  std::map<std::string, std::string> flags;
  std::map<std::string, std::string> environment{{"HOME", "/home/ada"}};
  std::optional<std::filesystem::path> file;
};

TEST_F(ConfigTest, EveryDefaultIsAllowed) {
  const Config config = load();
  ASSERT_EQ(config.values().size(), settings().size());
  for (const Config::Value& value : config.values()) EXPECT_EQ(value.origin, Origin::preset);
  EXPECT_EQ(config.integer("NUM_CLIPS"), 5);
  EXPECT_EQ(config.number("MAX_DURATION"), 60);
  EXPECT_EQ(config.text("ASPECT_RATIO"), "9:16");
}

TEST_F(ConfigTest, TheStrongerPlaceWins) {
  write("reelwright.toml", "num_clips = 2\n");
  EXPECT_EQ(load().integer("NUM_CLIPS"), 2);
  EXPECT_EQ(load().value("NUM_CLIPS").origin, Origin::file);
  write(".env", "NUM_CLIPS=3\n");
  EXPECT_EQ(load().integer("NUM_CLIPS"), 3);
  EXPECT_EQ(load().value("NUM_CLIPS").origin, Origin::dotenv);
  environment["NUM_CLIPS"] = "4";
  EXPECT_EQ(load().integer("NUM_CLIPS"), 4);
  EXPECT_EQ(load().value("NUM_CLIPS").origin, Origin::environment);
  flags["NUM_CLIPS"] = "6";
  EXPECT_EQ(load().integer("NUM_CLIPS"), 6);
  EXPECT_EQ(load().value("NUM_CLIPS").place, "--num-clips");
}

TEST_F(ConfigTest, AnEmptyVariableCountsAsNone) {
  environment["NUM_CLIPS"] = "";
  write(".env", "NUM_CLIPS=\nTHREADS= # all\n");
  EXPECT_EQ(load().value("NUM_CLIPS").origin, Origin::preset);
  EXPECT_EQ(load().value("THREADS").origin, Origin::preset);
}

TEST_F(ConfigTest, DotenvIsReadAsShellsWriteIt) {
  write(".env",
        "# NUM_CLIPS=9\r\nexport NUM_CLIPS = 7\r\nWORKSPACE_DIR=\"/a b#c\" # why\nENCODER='h264_vaapi'\n"
        "THREADS=2 # two\nSOMETHING_ELSE=x\nno sign here\n");
  const Config config = load();
  EXPECT_EQ(config.integer("NUM_CLIPS"), 7);
  EXPECT_EQ(config.path("WORKSPACE_DIR"), "/a b#c");
  EXPECT_EQ(config.text("ENCODER"), "h264_vaapi");
  EXPECT_EQ(config.integer("THREADS"), 2);
  EXPECT_THAT(config.value("ENCODER").place, ::testing::EndsWith(".env, line 4"));
}

TEST_F(ConfigTest, AFolderNamedLikeDotenvIsNoTrouble) {
  std::filesystem::create_directory(folder / ".env");
  EXPECT_EQ(load().integer("NUM_CLIPS"), 5);
}

TEST_F(ConfigTest, ANamedFileGoesBeforeTheUsualOne) {
  write("reelwright.toml", "num_clips = 2\n");
  write("other.toml", "num_clips = 8\nmin_duration = 12.5\n");
  environment["REELWRIGHT_CONFIG"] = (folder / "other.toml").string();
  EXPECT_EQ(load().integer("NUM_CLIPS"), 8);
  EXPECT_EQ(load().number("MIN_DURATION"), 12.5);
  file = folder / "none.toml";
  EXPECT_THAT(refusal(ErrorCode::not_found), HasSubstr("none.toml"));
}

TEST_F(ConfigTest, ARefusalNamesSettingPlaceAndRange) {
  environment["NUM_CLIPS"] = "50";
  EXPECT_EQ(refusal(), "NUM_CLIPS is '50' (the environment); it must be a whole number from 1 to 20.");
  environment.erase("NUM_CLIPS");
  write(".env", "\nASPECT_RATIO=3:2\n");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("ASPECT_RATIO"), HasSubstr(".env, line 2"), HasSubstr("9:16, 1:1")));
}

TEST_F(ConfigTest, NumbersMustBeWholeWhereTheyAreCounts) {
  for (const char* bad : {"2.5", "5x", " 5", "0", "21", "-1", "99999999999", "five"}) {
    flags["NUM_CLIPS"] = bad;
    EXPECT_THAT(refusal(), HasSubstr("--num-clips")) << bad;
  }
  flags.erase("NUM_CLIPS");
  for (const char* bad : {"nan", "inf", "1e9", "", "0.5"}) {
    flags["MAX_DURATION"] = bad;
    EXPECT_THAT(refusal(), HasSubstr("from 1 to 3600")) << bad;
  }
}

TEST_F(ConfigTest, TwoThatContradictAreBothNamedWithTheirPlaces) {
  flags["MIN_DURATION"] = "90";
  EXPECT_EQ(
      refusal(),
      "MIN_DURATION is 90 (--min-duration), which is more than MAX_DURATION, 60 (default); change one of "
      "them.");
  write("reelwright.toml", "max_duration = 20.5\n");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("--min-duration"), HasSubstr("20.5"), HasSubstr("toml, line 1")));
  flags["MIN_DURATION"] = "20.5";
  EXPECT_EQ(load().number("MIN_DURATION"), 20.5);  // equal is allowed
}

TEST_F(ConfigTest, TomlMistakesAreNamedWithTheirLine) {
  write("reelwright.toml", "threads = 1\nnum_clip = 2\n");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("line 2"), HasSubstr("'num_clip'")));
  write("reelwright.toml", "\n\nnum_clips = \n");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("line 3"), HasSubstr("TOML")));
  write("reelwright.toml", "num_clips = [1, 2]\n");
  EXPECT_THAT(refusal(), HasSubstr("one value"));
}

TEST_F(ConfigTest, PathsKnowTheHomeAndTheCache) {
  EXPECT_EQ(load().path("WORKSPACE_DIR"), "/home/ada/.cache/reelwright/workspaces");
  environment["XDG_CACHE_HOME"] = "/fast";
  EXPECT_EQ(load().path("WORKSPACE_DIR"), "/fast/reelwright/workspaces");
  flags["WORKSPACE_DIR"] = "~/talks";
  EXPECT_EQ(load().path("WORKSPACE_DIR"), "/home/ada/talks");
}

TEST_F(ConfigTest, TheTemplateAsItStandsChangesNothing) {
  write(".env", env_template());
  for (const Config::Value& value : load().values()) EXPECT_EQ(value.origin, Origin::preset);
}

TEST_F(ConfigTest, TheTemplateWithoutItsHashesGivesTheDefaults) {
  std::string text = env_template();
  for (std::size_t at = 0; (at = text.find("\n#", at)) != std::string::npos; ++at)
    if (text[at + 2] != ' ') text.erase(at + 1, 1);
  const Config presets = load();
  write(".env", text);
  const Config config = load();
  for (std::size_t i = 0; i < config.values().size(); ++i) {
    const Setting& setting = *config.values()[i].setting;
    EXPECT_EQ(config.values()[i].origin, setting.preset.empty() ? Origin::preset : Origin::dotenv)
        << setting.name;
    EXPECT_EQ(config.values()[i].text, presets.values()[i].text);
  }
}

}  // namespace
}  // namespace reelwright::core
