#include "vision/subject_path.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelwright::vision {
namespace {

core::Time at(double seconds) { return core::from_seconds(seconds); }

TEST(SubjectPath, HoldsItsEndsAndBridgesGaps) {
  Track track{.id = 0, .subject = Subject::face, .sightings = {}};
  for (const double t : {1.0, 1.2, 1.4, 3.4, 3.6, 3.8})
    track.sightings.push_back({at(t), around(100 + 50 * t, 200, 80, 80)});
  const SubjectPath path(track);
  EXPECT_EQ(path.first(), at(1));
  EXPECT_EQ(path.last(), at(3.8));
  EXPECT_EQ(path.at(at(0)), path.at(at(1)));
  EXPECT_EQ(path.at(at(9)), path.at(at(3.8)));
  EXPECT_NEAR(centre_x(path.at(at(2.4))), 220, 8) << "between the sightings it goes on evenly";
  EXPECT_NEAR(path.at(at(2.4)).width, 80, 1e-6);
}

TEST(SubjectPath, TheDetectorsTrembleIsGone) {
  Track track{.id = 0, .subject = Subject::face, .sightings = {}};
  for (int i = 0; i < 50; ++i)
    track.sightings.push_back({at(i * 0.2), around(500 + (i % 2 == 0 ? 6 : -6), 300, 100, 100)});
  const SubjectPath path(track);
  for (int i = 5; i < 45; ++i) EXPECT_NEAR(centre_x(path.at(at(i * 0.2))), 500, 2) << i;
}

TEST(SubjectPath, OneSightingIsEnough) {
  const SubjectPath path({.id = 0, .subject = Subject::person, .sightings = {{at(2), {1, 2, 3, 4}}}});
  EXPECT_EQ(path.subject(), Subject::person);
  EXPECT_EQ(path.at(at(0)), (Box{1, 2, 3, 4}));
}

TEST(Kept, OfAFaceTheHairAndTheChinToo) {
  const Box face{100, 100, 40, 40};
  const Box whole = kept(face, Subject::face);
  EXPECT_EQ(hull(whole, face), whole) << "the face itself is in it";
  EXPECT_LT(whole.y, face.y - 0.3 * face.height);
  EXPECT_DOUBLE_EQ(centre_x(whole), centre_x(face));
  EXPECT_EQ(kept(face, Subject::person), face);
}

}  // namespace
}  // namespace reelwright::vision
