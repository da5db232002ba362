#include "cli/checkup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "captions/style.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::cli {
namespace {

TEST(CheckUp, KnowsThePackageOfEveryStylesFont) {
  for (const captions::Style& style : captions::caption_styles())
    EXPECT_TRUE(font_package(style.font).starts_with("fonts-")) << style.font;
  EXPECT_EQ(font_package("No Such Grotesk"), "");
}

std::vector<Finding> findings(const std::map<std::string, std::string>& flags,
                              const std::filesystem::path& folder) {
  return check_up(core::Config::load(
      {.flags = flags, .folder = folder, .environment = [](const char*) { return nullptr; }}));
}

Finding of(const std::vector<Finding>& found, std::string_view role) {
  return *std::ranges::find(found, role, &Finding::role);
}

TEST(CheckUp, HereEverythingIsThere) {
  const reelwright::testing::TemporaryFolder folder;
  const auto found = findings({{"WORKSPACE_DIR", (folder / "not" / "yet").string()}}, folder.path());
  for (const Finding& finding : found) {
    EXPECT_TRUE(finding.ok) << finding.role << ": " << finding.problem;
    EXPECT_FALSE(finding.engine.empty()) << finding.role;
  }
  EXPECT_TRUE(of(found, "video encoder").engine.starts_with("libx264"));
  EXPECT_FALSE(std::filesystem::exists(folder / "not")) << "it changed the disk";
}

TEST(CheckUp, NamesWhatWillNotWorkAndWhereItWasSet) {
  const reelwright::testing::TemporaryFolder folder;
  core::write_file(folder / "file", "no folder");
  const auto found = findings(
      {{"WORKSPACE_DIR", (folder / "file" / "in").string()}, {"ENCODER", "h264_nowhere"}}, folder.path());
  const Finding workspaces = of(found, "workspaces");
  EXPECT_FALSE(workspaces.ok);
  EXPECT_TRUE(workspaces.needed);
  EXPECT_TRUE(workspaces.problem.contains("--workspace-dir")) << workspaces.problem;
  const Finding encoder = of(found, "chosen encoder");
  EXPECT_FALSE(encoder.ok);
  EXPECT_FALSE(encoder.needed) << "another one stands in";
  EXPECT_TRUE(encoder.problem.contains("h264_nowhere")) << encoder.problem;
}

}  // namespace
}  // namespace reelwright::cli
