#include "clips/options.h"

#include <gtest/gtest.h>

#include <string>

#include "core/config.h"
#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

class OptionsTest : public ::testing::Test {
 protected:
  Options options() const {
    return options_from(core::Config::load(
        {.flags = flags, .folder = folder.path(), .environment = [](const char*) { return nullptr; }}));
  }

  testing::TemporaryFolder folder;
  std::map<std::string, std::string> flags;
};

TEST_F(OptionsTest, WithoutSettingsAreTheDefaultsOfTheStruct) {
  const Options made = options();
  const Options plain;
  EXPECT_EQ(made.num_clips, plain.num_clips);
  EXPECT_EQ(made.aspect_ratio, plain.aspect_ratio);
  EXPECT_EQ(made.min_duration, plain.min_duration);
  EXPECT_EQ(made.max_duration, plain.max_duration);
  EXPECT_EQ(made.language, plain.language);
  EXPECT_EQ(made.transcript, plain.transcript);
  EXPECT_EQ(made.caption_style, plain.caption_style);
  EXPECT_EQ(made.encoder, plain.encoder);
}

TEST_F(OptionsTest, EachSettingReachesItsOption) {
  flags = {{"NUM_CLIPS", "7"},       {"ASPECT_RATIO", "1:1"},   {"MIN_DURATION", "2.5"},
           {"MAX_DURATION", "9.25"}, {"SPEECH_LANGUAGE", "de"}, {"CAPTION_STYLE", "boxed"},
           {"ENCODER", "libx264rgb"}};
  const Options made = options();
  EXPECT_EQ(made.num_clips, 7);
  EXPECT_EQ(made.aspect_ratio, "1:1");
  EXPECT_EQ(made.min_duration, std::chrono::milliseconds(2500));
  EXPECT_EQ(made.max_duration, std::chrono::milliseconds(9250));
  EXPECT_EQ(made.language, "de");
  EXPECT_EQ(made.caption_style, "boxed");
  EXPECT_EQ(made.encoder, "libx264rgb");
}

TEST_F(OptionsTest, DetectorsAreChosenByTheirSettings) {
  const vision::DetectorOptions plain = options().detectors;
  EXPECT_EQ(plain.engine, vision::DetectorOptions{}.engine);
  EXPECT_EQ(plain.subjects, vision::DetectorOptions{}.subjects);
  EXPECT_EQ(plain.provider, vision::DetectorOptions{}.provider);
  EXPECT_TRUE(plain.model.empty());
  flags = {{"DETECTOR", "yolo"},
           {"DETECTOR_MODEL", "models/dogs.onnx"},
           {"SUBJECTS", "animal,person"},
           {"EXECUTION_PROVIDER", "dnnl"}};
  const vision::DetectorOptions made = options().detectors;
  EXPECT_EQ(made.engine, "yolo");
  EXPECT_EQ(made.model, std::filesystem::absolute("models/dogs.onnx"));
  EXPECT_EQ(made.subjects,
            (std::vector{vision::Subject::animal, vision::Subject::face, vision::Subject::person}));
  EXPECT_EQ(made.provider, "dnnl");
  flags = {{"SUBJECTS", "person,unicorn"}};
  EXPECT_THROW(options(), core::Error);
}

TEST_F(OptionsTest, TheTranscriberIsChosenByItsSettings) {
  EXPECT_EQ(options().transcriber.engine, speech::TranscriberOptions{}.engine);
  EXPECT_EQ(options().transcriber.device, speech::TranscriberOptions{}.device);
  EXPECT_TRUE(options().transcriber.model.empty());
  flags = {{"TRANSCRIBER", "whisper"},    {"TRANSCRIBER_MODEL", "whisper-base"},
           {"TRANSCRIBER_DEVICE", "gpu"}, {"TRANSCRIBER_PROMPT", "A talk."},
           {"HOT_WORDS", "Ada, FFmpeg"},  {"MODELS_DIR", "models"}};
  const speech::TranscriberOptions made = options().transcriber;
  EXPECT_EQ(made.engine, "whisper");
  EXPECT_EQ(made.model, "whisper-base");
  EXPECT_EQ(made.models_dir, std::filesystem::absolute("models"));
  EXPECT_EQ(made.device, "gpu");
  EXPECT_EQ(made.prompt, "A talk.");
  EXPECT_EQ(made.hot_words, "Ada, FFmpeg");
}

TEST_F(OptionsTest, AnEncoderThatIsNotThereOrOfAnotherFormatIsRefusedWhereItStands) {
  for (const char* encoder : {"nonsense", "mpeg4"}) {
    flags = {{"ENCODER", encoder}};
    try {
      options();
      ADD_FAILURE() << encoder << " was taken";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
      const std::string message = error.what();
      EXPECT_NE(message.find(encoder), std::string::npos) << message;
      EXPECT_NE(message.find("(--encoder)"), std::string::npos) << message;
    }
  }
}

}  // namespace
}  // namespace reelwright::clips
