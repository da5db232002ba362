#include "jobs/lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace reelwright::jobs {
namespace {

using ::testing::ElementsAre;

class LinesTest : public ::testing::Test {
 protected:
  std::vector<std::string> taken;
  Lines lines{[this](std::string_view line) { taken.emplace_back(line); }, 5, 3};
};

TEST_F(LinesTest, PiecesBecomeLines) {
  lines.add("on");
  lines.add("e\n\ntwo\nthr");
  EXPECT_THAT(taken, ElementsAre("one", "two"));
  lines.end();
  EXPECT_THAT(taken, ElementsAre("one", "two", "thr", "(what follows is left out)"));
}

TEST_F(LinesTest, ALongLineIsCut) {
  lines.add("12345678\nnext\n");
  EXPECT_THAT(taken, ElementsAre("12345", "next"));
}

TEST_F(LinesTest, AfterSoManyTheRestIsLeftOut) {
  lines.add("a\nb\nc\nd\ne\n");
  EXPECT_THAT(taken, ElementsAre("a", "b", "c", "(what follows is left out)"));
}

}  // namespace
}  // namespace reelwright::jobs
