#include "inference/engines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace reelwright::inference {
namespace {

using ::testing::HasSubstr;

InstalledModel installed(const std::string& name, Role role, Format format) {
  return {.name = name, .role = role, .format = format, .place = name, .files = {name}};
}

TEST(Engines, WithoutModelsTheBuiltInOnePlays) {
  const Choice choice = choose_engine(Role::transcriber, {});
  EXPECT_EQ(choice.engine, "PocketSphinx");
  EXPECT_EQ(choice.model, "");
  EXPECT_EQ(choice.why, "built in, needs no model");
  EXPECT_EQ(choice.problem, "");
}

TEST(Engines, ARoleThatNothingPlaysIsSaidToBeSo) {
  const Choice choice = choose_engine(Role::synthesizer, {});
  EXPECT_EQ(choice.engine, "");
  EXPECT_THAT(choice.why, HasSubstr("nothing in this version"));
}

TEST(Engines, ARoleThatNeedsAModelNamesItsSetting) {
  const Choice choice = choose_engine(Role::segmentation, {});
  EXPECT_EQ(choice.engine, "");
  EXPECT_THAT(choice.why, HasSubstr("SPEAKER_SEGMENTATION_MODEL"));
}

TEST(Engines, AModelWithoutAnEngineIsNotPassedOverInSilence) {
  const Choice choice =
      choose_engine(Role::transcriber, {installed("whisper-base", Role::transcriber, Format::ggml)});
  EXPECT_EQ(choice.engine, "PocketSphinx");
  EXPECT_EQ(choice.why, "built in, needs no model");
  EXPECT_EQ(choice.problem, "Installed, and used where TRANSCRIBER_MODEL names it: whisper-base.");
}

TEST(Engines, OneMoreLineIsOneMoreEngine) {
  constexpr std::array later{Engine{Role::transcriber, "whisper.cpp", Format::ggml},
                             Engine{Role::transcriber, "PocketSphinx"}};
  const InstalledModel whisper = installed("whisper-base", Role::transcriber, Format::ggml);
  const Choice choice = choose_engine(Role::transcriber, {whisper}, later);
  EXPECT_EQ(choice.engine, "whisper.cpp");
  EXPECT_EQ(choice.model, "whisper-base");
  EXPECT_EQ(choice.why, "it runs the model whisper-base");
  EXPECT_EQ(choice.problem, "");
  EXPECT_EQ(choose_engine(Role::transcriber, {}, later).engine, "PocketSphinx");
  const InstalledModel other = installed("mine", Role::transcriber, Format::onnx);
  EXPECT_EQ(choose_engine(Role::transcriber, {other}, later).engine, "PocketSphinx");
}

}  // namespace
}  // namespace reelwright::inference
