#include "vision/subject_classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "vision/class_names.h"

namespace reelwright::vision {
namespace {

using ::testing::ElementsAre;

TEST(SubjectClasses, KnowsTheClassesOfCoco) {
  const std::vector<std::string> names = coco_class_names();
  const auto count = [&](Subject subject) {
    return std::ranges::count(names, subject, [](const std::string& name) { return subject_of_class(name); });
  };
  EXPECT_EQ(count(Subject::person), 1);
  EXPECT_EQ(count(Subject::animal), 10);
  EXPECT_EQ(count(Subject::vehicle), 8);
  EXPECT_EQ(count(Subject::thing), 61);
  EXPECT_EQ(subject_of_class("Dog"), Subject::animal);
  EXPECT_EQ(subject_of_class("hot dog"), Subject::thing);
}

TEST(SubjectClasses, ReadsWhatMayBeFollowedInItsOrder) {
  EXPECT_THAT(read_subjects("person,animal,vehicle,any"),
              ElementsAre(Subject::face, Subject::person, Subject::animal, Subject::vehicle, Subject::thing));
  EXPECT_THAT(read_subjects("animal, person"), ElementsAre(Subject::animal, Subject::face, Subject::person));
  EXPECT_THAT(read_subjects("vehicle"), ElementsAre(Subject::vehicle));
  for (const char* text : {"", "dog", "person,", "person,person", "person;animal", "Person"})
    EXPECT_THROW(read_subjects(text), core::Error) << text;
}

}  // namespace
}  // namespace reelwright::vision
