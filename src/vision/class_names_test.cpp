#include "vision/class_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::vision {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(ClassNames, ReadsWhatExportersWrite) {
  EXPECT_THAT(read_class_names("{0: 'person', 1: 'bicycle'}"), Optional(ElementsAre("person", "bicycle")));
  EXPECT_THAT(read_class_names(R"({0: "ox's head", 1: 'a \'b\' \\', 2: 'Käfer'})"),
              Optional(ElementsAre("ox's head", "a 'b' \\", "Käfer")));
  EXPECT_THAT(read_class_names(" { 1 :'b','0'"), std::nullopt);
  EXPECT_THAT(read_class_names(" { 1 :'b' , 0: 'a' } "), Optional(ElementsAre("a", "b")));
}

TEST(ClassNames, RefusesEverythingElse) {
  const std::string long_name = "{0: '" + std::string(201, 'x') + "'}";
  for (const std::string& text : {std::string(),
                                  std::string("{}"),
                                  std::string("{"),
                                  std::string("person"),
                                  std::string("['a', 'b']"),
                                  std::string("{0: 'a'"),
                                  std::string("{0: 'a'} x"),
                                  std::string("{0: 'a', }"),
                                  std::string("{0 'a'}"),
                                  std::string("{0: a}"),
                                  std::string("{0: 'a\"}"),
                                  std::string("{0: ''}"),
                                  std::string("{-1: 'a'}"),
                                  std::string("{1: 'a'}"),
                                  std::string("{0: 'a', 0: 'b'}"),
                                  std::string("{0: 'a', 2: 'b'}"),
                                  std::string("{99999999999999999999: 'a'}"),
                                  std::string("{10000: 'a'}"),
                                  std::string("{0: 'a\nb'}"),
                                  std::string("{0: 'a\\x41'}"),
                                  std::string("{0: 'a\\"),
                                  std::string("{0: __import__('os')}"),
                                  std::string("{0: 'a' + 'b'}"),
                                  std::string("{0: 'a'\0}", 9),
                                  long_name})
    EXPECT_EQ(read_class_names(text), std::nullopt) << text;
}

TEST(ClassNames, NoPrefixOfARealOneIsRead) {
  const std::string whole = "{0: 'person', 1: 'dog'}";
  for (std::size_t i = 0; i < whole.size(); ++i)
    EXPECT_EQ(read_class_names(whole.substr(0, i)), std::nullopt);
}

TEST(ClassNames, CocoHasEighty) {
  const std::vector<std::string> names = coco_class_names();
  ASSERT_EQ(names.size(), 80U);
  EXPECT_EQ(names[0], "person");
  EXPECT_EQ(names[16], "dog");
  EXPECT_EQ(names[79], "toothbrush");
}

}  // namespace
}  // namespace reelwright::vision
