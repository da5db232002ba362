#include "cli/transcript_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"
#include "support/spoken_transcript.h"
#include "transcript/formats.h"

namespace reelwright::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

transcript::Transcript greeting() {
  transcript::Transcript transcript;
  transcript.language = "en";
  reelwright::testing::say(transcript, 1, "Good morning, dear listeners.");
  return transcript;
}

std::string printed(const std::string& format, const std::vector<core::Warning>& warnings = {}) {
  TranscriptOutput output;
  output.format = format;
  ::testing::internal::CaptureStdout();
  output.write(greeting(), warnings);
  return ::testing::internal::GetCapturedStdout();
}

TEST(TranscriptOutput, EachFormatIsTheOneAskedFor) {
  EXPECT_EQ(printed("txt"), "Good morning, dear listeners.\n");
  EXPECT_THAT(printed("srt"), StartsWith("1\n00:00:01,000 --> "));
  EXPECT_THAT(printed("vtt"), StartsWith("WEBVTT\n"));
  EXPECT_THAT(printed("json"), StartsWith("{"));
  EXPECT_THAT(printed("json"), HasSubstr("\"morning,\""));
}

TEST(TranscriptOutput, ItsJsonIsATranscriptAgain) {
  const std::string text = printed("json");
  const auto draft = transcript::read_draft(text);
  EXPECT_TRUE(draft.has_word_times());
}

TEST(TranscriptOutput, GoesToAFileInstead) {
  const reelwright::testing::TemporaryFolder folder;
  TranscriptOutput output;
  output.format = "txt";
  output.out = (folder / "talk.txt").string();
  ::testing::internal::CaptureStdout();
  output.write(greeting(), {});
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(core::read_file(folder / "talk.txt", 1000), "Good morning, dear listeners.\n");
}

TEST(TranscriptOutput, AFolderThatIsMissingIsSaid) {
  TranscriptOutput output;
  output.out = "/nowhere/at/all/talk.txt";
  EXPECT_THROW(output.write(greeting(), {}), core::Error);
}

TEST(TranscriptOutput, WarningsStayOutOfTheResult) {
  ::testing::internal::CaptureStderr();
  const std::string text = printed("txt", {{"no_speech", "Nobody speaks."}});
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "warning: Nobody speaks. [no_speech]\n");
  EXPECT_EQ(text, printed("txt"));
}

}  // namespace
}  // namespace reelwright::cli
