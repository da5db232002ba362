#include "cli/checkup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "captions/style.h"
#include "core/files.h"
#include "inference/test_models.h"
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

TEST(CheckUp, SaysForEveryRoleWhichEngineAndWhy) {
  const reelwright::testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "models" / "aligner");
  core::write_file(folder / "models" / "aligner" / "a.onnx", reelwright::testing::onnx_model());
  const auto found = findings({{"MODELS_DIR", (folder / "models").string()}}, folder.path());
  EXPECT_EQ(of(found, "transcriber").why, "built in, needs no model");
  const Finding aligner = of(found, "aligner");
  EXPECT_TRUE(aligner.ok);
  EXPECT_EQ(aligner.engine, "pocketsphinx-en-us") << "the name that the engine itself tells";
  EXPECT_EQ(aligner.problem, "Installed, and used where ALIGNER_MODEL names its file: a.onnx.");
  EXPECT_EQ(of(found, "speaker embedder").engine, "none");
  EXPECT_TRUE(of(found, "models").engine.ends_with("models (1 installed, 215 B)"))
      << of(found, "models").engine;
}

TEST(CheckUp, ABrokenRegistryIsAFindingAndNoEnd) {
  const reelwright::testing::TemporaryFolder folder;
  core::write_file(folder / "mine.json", "{");
  const auto found = findings({{"MODELS_REGISTRY", (folder / "mine.json").string()}}, folder.path());
  EXPECT_FALSE(of(found, "models").ok);
  EXPECT_FALSE(of(found, "models").needed);
  EXPECT_TRUE(of(found, "models").problem.contains("mine.json")) << of(found, "models").problem;
  EXPECT_TRUE(of(found, "transcriber").ok);
}

}  // namespace
}  // namespace reelwright::cli
