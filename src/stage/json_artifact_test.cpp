#include "stage/json_artifact.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "support/media_fixture.h"

namespace reelwright::stage {

struct Melody {
  std::string title;
  std::vector<double> pitches;
  bool operator==(const Melody&) const = default;
};

namespace {

const Melody lark{"The lark \"ascending\"", {440, 493.883, 1.0 / 3}};

class JsonArtifact : public ::testing::Test {
 protected:
  std::pair<Melody, bool> produce(const std::string& key = "1") {
    Workspace workspace(folder / "workspace");
    return produce_json<Melody>(workspace, "melody.json", key, [this] {
      ++made;
      return lark;
    });
  }

  // The one file of the workspace beside its lock.
  std::filesystem::path artifact() const {
    for (const auto& entry : std::filesystem::directory_iterator(folder / "workspace"))
      if (entry.path().extension() == ".json") return entry.path();
    throw std::runtime_error("there is no artifact");
  }

  testing::TemporaryFolder folder;
  int made = 0;
};

TEST_F(JsonArtifact, IsMadeOnceAndComesBackAsItWas) {
  EXPECT_EQ(produce(), std::pair(lark, false));
  EXPECT_EQ(produce(), std::pair(lark, true));
  EXPECT_EQ(made, 1);
}

TEST_F(JsonArtifact, AnotherKeyMakesItAnew) {
  produce("1");
  EXPECT_FALSE(produce("2").second);
  EXPECT_EQ(made, 2);
}

TEST_F(JsonArtifact, OneThatIsCutShortIsMadeAgain) {
  produce();
  const std::string whole = core::read_file(artifact(), 1000);
  for (const std::size_t length : {whole.size() - 1, whole.size() / 2, std::size_t{1}, std::size_t{0}}) {
    core::write_file(artifact(), whole.substr(0, length));
    const int before = made;
    EXPECT_EQ(produce(), std::pair(lark, false)) << length;
    EXPECT_EQ(made, before + 1) << length;
    EXPECT_EQ(core::read_file(artifact(), 1000), whole);
  }
  EXPECT_TRUE(produce().second);
}

TEST_F(JsonArtifact, OneOfAnotherShapeIsMadeAgain) {
  produce();
  core::write_file(artifact(), R"({"title": 3})");
  EXPECT_EQ(produce(), std::pair(lark, false));
}

TEST_F(JsonArtifact, WhatMakingThrowsComesThrough) {
  Workspace workspace(folder / "workspace");
  const auto fail = []() -> Melody { throw std::runtime_error("no melody"); };
  EXPECT_THROW(produce_json<Melody>(workspace, "melody.json", "1", fail), std::runtime_error);
  EXPECT_THROW(artifact(), std::runtime_error);
}

}  // namespace
}  // namespace reelwright::stage
