#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "speech/aligner.h"
#include "speech/test_tones.h"

namespace reelwright::speech {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;

TEST(AlignerChoiceTest, ReadsModelsByLanguage) {
  EXPECT_THAT(read_aligner_models(""), IsEmpty());
  EXPECT_THAT(read_aligner_models("/m/a.onnx"), ElementsAre(Pair("", "/m/a.onnx")));
  EXPECT_THAT(read_aligner_models("pt-BR=a.onnx,EN=/b.onnx"),
              ElementsAre(Pair("en", "/b.onnx"), Pair("pt", "a.onnx")));
  for (const char* wrong : {"de=", "=a.onnx", "de=a,de=b", "a,b", ","})
    EXPECT_THROW(read_aligner_models(wrong), core::Error) << wrong;
}

TEST(AlignerChoiceTest, AModelServesItsLanguage) {
  const AlignerOptions options{.models = {{"de", test_model("tones.onnx")}}};
  EXPECT_THAT(std::string(make_aligner(options, "de-AT")->name()), StartsWith("ctc tones.onnx (sha256 "));
  EXPECT_EQ(make_aligner(options, "en")->name(), "pocketsphinx-en-us");
  EXPECT_NE(aligner_key(options, "de"), "");
  EXPECT_EQ(aligner_key(options, "en"), "");
}

TEST(AlignerChoiceTest, AModelWithoutALanguageServesAll) {
  const AlignerOptions options{.models = {{"", test_model("tones.onnx")}}};
  EXPECT_THAT(std::string(make_aligner(options, "xx")->name()), StartsWith("ctc "));
}

TEST(AlignerChoiceTest, PocketsphinxIsUsedWhereItIsAskedFor) {
  const AlignerOptions options{.engine = "pocketsphinx", .models = {{"", test_model("tones.onnx")}}};
  EXPECT_EQ(make_aligner(options, "en")->name(), "pocketsphinx-en-us");
}

TEST(AlignerChoiceTest, CtcWithoutAModelIsAnError) {
  try {
    make_aligner({.engine = "ctc", .models = {{"de", "/nowhere"}}}, "fr");
    FAIL() << "found one";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_TRUE(std::string(error.what()).contains("ALIGNER_MODEL"));
  }
}

}  // namespace
}  // namespace reelwright::speech
