#include "vision/detector_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "vision/test_discs.h"

namespace reelwright::vision {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(DetectorChoice, WithoutAModelNothingIsChosen) {
  for (const char* engine : {"auto", "embedded"}) {
    const DetectorChoice choice = choose_detectors({.engine = engine, .model = {}}, 1);
    EXPECT_EQ(choice.key, "");
    EXPECT_FALSE(choice.yolo);
    EXPECT_FALSE(choice.yunet);
    EXPECT_THAT(choice.order, ::testing::ElementsAre(Subject::face, Subject::person));
  }
  EXPECT_EQ(choose_detectors({.engine = "embedded", .model = test_model("yolo.onnx")}, 1).key, "");
}

TEST(DetectorChoice, AutoTakesTheModelForWhatItIs) {
  EXPECT_TRUE(choose_detectors({.model = test_model("yolo.onnx")}, 1).yolo);
  EXPECT_TRUE(choose_detectors({.model = test_model("yunet.onnx")}, 1).yunet);
}

TEST(DetectorChoice, ItsKeyTellsTheModelTheProviderAndTheSubjects) {
  const DetectorOptions options{.engine = "yolo", .model = test_model("yolo.onnx")};
  const std::string key = choose_detectors(options, 1).key;
  EXPECT_EQ(choose_detectors(options, 2).key, key);
  DetectorOptions other = options;
  other.model = test_model("yolo_columns.onnx");
  EXPECT_NE(choose_detectors(other, 1).key, key);
  other = options;
  other.subjects = {Subject::animal};
  EXPECT_NE(choose_detectors(other, 1).key, key);
}

TEST(DetectorChoice, OneModelMayFindFacesAndAnotherTheRest) {
  const DetectorOptions options{.model = test_model("yolo.onnx"), .face_model = test_model("yunet.onnx")};
  const DetectorChoice choice = choose_detectors(options, 1);
  EXPECT_NE(choice.key, choose_detectors({.model = options.model}, 1).key);
  EXPECT_EQ(choice.order, options.subjects);
  const Detectors detectors = make_detectors(choice, {});
  EXPECT_THAT(detectors.others->name(), StartsWith("YOLO yolo.onnx"));
  EXPECT_THAT(detectors.faces->name(), StartsWith("YuNet yunet.onnx"));
  const Detectors faces_alone =
      make_detectors(choose_detectors({.model = {}, .face_model = test_model("yunet.onnx")}, 1), {});
  EXPECT_THAT(faces_alone.faces->name(), StartsWith("YuNet"));
  EXPECT_THAT(faces_alone.others->name(), HasSubstr("OpenCV"));
}

TEST(DetectorChoice, SaysWhatIsMissing) {
  for (const auto& [options, words] :
       {std::pair{DetectorOptions{.engine = "yolo", .model = {}}, "DETECTOR_MODEL"},
        {DetectorOptions{.engine = "yunet", .model = test_model("yolo.onnx")}, "is no YuNet"},
        {DetectorOptions{.model = {}, .face_model = test_model("yolo.onnx")}, "is no YuNet"},
        {DetectorOptions{.model = test_model("yunet.onnx"), .face_model = test_model("yunet.onnx")},
         "FACE_DETECTOR_MODEL"},
        {DetectorOptions{.engine = "yolo", .model = test_model("text.onnx")}, "no ONNX model"},
        {DetectorOptions{.model = test_model("yolo.onnx"), .provider = "abacus"}, "use one of: cpu"}}) {
    try {
      choose_detectors(options, 1);
      ADD_FAILURE() << words;
    } catch (const core::Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(words));
    }
  }
}

TEST(DetectorChoice, ItsDetectorsNameTheModelAndFindWhatIsWanted) {
  DetectorOptions options{.model = test_model("yolo.onnx")};
  options.subjects = {Subject::animal, Subject::vehicle};
  const Detectors detectors = make_detectors(choose_detectors(options, 1), {});
  EXPECT_THAT(detectors.others->name(), StartsWith("YOLO yolo.onnx (sha256 "));
  EXPECT_EQ(detectors.others->traits().colour_width, 640);
  const auto found = detectors.others->detect(
      picture_of(640, 360, {{0, 100, 100, 40}, {1, 300, 250, 40}, {2, 500, 100, 30}}), Effort::quick);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].subject, Subject::animal);
  EXPECT_EQ(found[1].subject, Subject::vehicle);
  EXPECT_TRUE(detectors.faces->traits().errs_on_faces);
}

}  // namespace
}  // namespace reelwright::vision
