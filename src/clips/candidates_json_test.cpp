#include "clips/candidates_json.h"

#include <gtest/gtest.h>

#include <chrono>
#include <glaze/glaze.hpp>

#include "core/files.h"
#include "stage/json_artifact.h"
#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

Selection selection(const std::string& title) {
  Selection made;
  made.alternatives.push_back(
      {{1250ms, 31s}, 0.75, title, "Bees \"fly\"", {{"hook", 0.5, 0.13}, {"dense", 0.25, 0.08}}, true});
  made.alternatives.push_back({{40s, 60s}, 0.5, "Bread", "", {}, false});
  return made;
}

class Candidates : public ::testing::Test {
 protected:
  void choose(const std::string& title) {
    stage::Workspace workspace(folder / "workspace");
    stage::produce_json<Selection>(
        workspace, "selection.json", title, [&] { return selection(title); }, stage::Older::kept);
  }

  testing::TemporaryFolder folder;
};

TEST_F(Candidates, TellWhatTheChoiceWasMadeAmong) {
  choose("Bees");
  const auto found = read_candidates(folder / "workspace");
  ASSERT_TRUE(found);
  glz::generic json;
  ASSERT_FALSE(glz::read_json(json, to_text(*found)));
  auto& list = json["candidates"].get_array();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0]["start"].get<double>(), 1.25);
  EXPECT_EQ(list[0]["end"].get<double>(), 31);
  EXPECT_EQ(list[0]["score"].get<double>(), 0.75);
  EXPECT_EQ(list[0]["title"].get<std::string>(), "Bees");
  EXPECT_EQ(list[0]["text_preview"].get<std::string>(), "Bees \"fly\"");
  EXPECT_EQ(list[0]["reasons"][0]["name"].get<std::string>(), "hook");
  EXPECT_TRUE(list[0]["chosen"].get<bool>());
  EXPECT_FALSE(list[1]["chosen"].get<bool>());
}

TEST_F(Candidates, AreReadWhileAJobHoldsTheWorkspace) {
  choose("Bees");
  const stage::Workspace held(folder / "workspace");
  EXPECT_TRUE(read_candidates(folder / "workspace"));
}

TEST_F(Candidates, OfTwoChoicesTheNewerCounts) {
  choose("Old");
  for (const auto& entry : fs::directory_iterator(folder / "workspace"))
    fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - 1h);
  choose("New");
  EXPECT_EQ(read_candidates(folder / "workspace")->candidates[0].title, "New");
}

TEST_F(Candidates, LinksAreNotFollowed) {
  choose("Bees");
  fs::create_directories(folder / "other");
  for (const auto& entry : fs::directory_iterator(folder / "workspace"))
    if (entry.path().filename() != ".lock")
      fs::create_symlink(entry.path(), folder / "other" / entry.path().filename().string());
  EXPECT_FALSE(read_candidates(folder / "other"));
}

TEST_F(Candidates, BeforeThereIsAChoiceThereAreNone) {
  EXPECT_FALSE(read_candidates(folder / "nowhere"));
  fs::create_directories(folder / "workspace");
  EXPECT_FALSE(read_candidates(folder / "workspace"));
  core::write_file(folder / "workspace/selection~12.json", "{\"clips\": [");
  EXPECT_FALSE(read_candidates(folder / "workspace"));
}

}  // namespace
}  // namespace reelwright::clips
