#include "speech/ctc_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "speech/frame_analyser.h"
#include "speech/test_tones.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

std::vector<std::int16_t> to_samples(const std::vector<float>& sound) {
  std::vector<std::int16_t> samples(sound.size());
  std::ranges::transform(sound, samples.begin(), to_int16);
  return samples;
}

std::string refusal(const std::filesystem::path& file,
                    core::ErrorCode code = core::ErrorCode::invalid_input) {
  try {
    const CtcModel model(file, {});
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), code);
    return error.what();
  }
  return "accepted";
}

bool mentions(const std::string& text, const std::string& part) { return text.contains(part); }

TEST(CtcModelTest, HearsLettersFrameByFrame) {
  const CtcModel model(test_model("tones.onnx"), {});
  const auto samples = to_samples(speak_tones("hello").samples);
  const Emissions emissions = model.hear(samples, {});
  EXPECT_EQ(emissions.classes, tone_letters.size() + 1);
  EXPECT_NEAR(static_cast<double>(emissions.frames()), static_cast<double>(samples.size()) / 320, 2);
  double sum = 0;
  for (const float log_prob : emissions.frame(1)) sum += std::exp(log_prob);
  EXPECT_NEAR(sum, 1, 1e-4);
  EXPECT_EQ(std::ranges::max_element(emissions.frame(1)) - emissions.frame(1).begin(),
            1 + static_cast<std::ptrdiff_t>(tone_letters.find('h')));
}

TEST(CtcModelTest, HearsTheSameHoweverLoud) {
  const CtcModel model(test_model("tones.onnx"), {});
  auto samples = to_samples(speak_tones("quiet").samples);
  const Emissions loud = model.hear(samples, {});
  for (std::int16_t& sample : samples) sample /= 8;
  const Emissions soft = model.hear(samples, {});
  ASSERT_EQ(loud.log_probs.size(), soft.log_probs.size());
  for (std::size_t i = 0; i < loud.log_probs.size(); i += 7)
    EXPECT_NEAR(loud.log_probs[i], soft.log_probs[i], 1) << i;
}

TEST(CtcModelTest, TheShortestSoundIsSoundToo) {
  const CtcModel model(test_model("tones.onnx"), {});
  EXPECT_GT(model.hear({}, {}).frames(), 0U);
  EXPECT_GT(model.hear(std::vector<std::int16_t>(3), {}).frames(), 0U);
}

TEST(CtcModelTest, NeedsItsVocabulary) {
  const testing::TemporaryFolder folder;
  std::filesystem::copy_file(test_model("tones_alone.onnx"), folder / "alone.onnx");
  const std::string said = refusal(folder / "alone.onnx", core::ErrorCode::not_found);
  EXPECT_TRUE(mentions(said, "alone.onnx.vocab.json") && mentions(said, "vocab.json")) << said;
  std::filesystem::copy_file(test_model("tones.onnx.vocab.json"), folder / "vocab.json");
  EXPECT_EQ(refusal(folder / "alone.onnx"), "accepted");
}

TEST(CtcModelTest, RefusesOtherModels) {
  const testing::TemporaryFolder folder;
  std::filesystem::copy_file(test_model("tones.onnx.vocab.json"), folder / "vocab.json");
  for (const char* name : {"sum.onnx", "yolo.onnx", "cut_short.onnx", "text.onnx", "empty.onnx"}) {
    std::filesystem::copy_file(test_model(name), folder / name);
    EXPECT_TRUE(mentions(refusal(folder / name), name)) << name;
  }
  EXPECT_TRUE(mentions(refusal(test_model("tones_fixed.onnx")), "1x16000"));
  EXPECT_TRUE(mentions(refusal(test_model("tones_misfit.onnx")), "501"));
}

TEST(CtcModelTest, StopsWhenAsked) {
  const CtcModel model(test_model("tones.onnx"), {});
  std::stop_source stop;
  stop.request_stop();
  try {
    model.hear(std::vector<std::int16_t>(16000), stop.get_token());
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace reelwright::speech
