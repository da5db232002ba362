#include "cli/main.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Result {
  int exit_code;
  std::string out;
  std::string error;
};

Result reelwright_with(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "reelwright");
  std::vector<char*> raw;
  for (std::string& argument : arguments) raw.push_back(argument.data());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int exit_code = run(static_cast<int>(raw.size()), raw.data());
  return {exit_code, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
}

// One sentence with its code, and nothing where the result should stand.
void expect_refused(const Result& result, int exit_code, const std::string& code) {
  EXPECT_EQ(result.exit_code, exit_code);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.error, StartsWith("reelwright: "));
  EXPECT_THAT(result.error, EndsWith(" [" + code + "]\n"));
  EXPECT_EQ(std::count(result.error.begin(), result.error.end(), '\n'), 1);
}

TEST(CommandLine, HelpAndVersionAreNoErrors) {
  EXPECT_EQ(reelwright_with({"--version"}).exit_code, 0);
  EXPECT_THAT(reelwright_with({"--version"}).out, StartsWith("reelwright "));
  const Result help = reelwright_with({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* command : {"clip", "transcribe", "align", "topics", "probe", "doctor", "config"})
    EXPECT_THAT(help.out, HasSubstr(command));
}

TEST(CommandLine, WhatIsWrongIsSaidInOneSentenceWithAPlaceToReadOn) {
  const Result none = reelwright_with({});
  expect_refused(none, 2, "invalid_input");
  EXPECT_THAT(none.error, HasSubstr("reelwright --help"));
  const Result unknown = reelwright_with({"clip", "talk.mp4", "--no-such-flag"});
  expect_refused(unknown, 2, "invalid_input");
  EXPECT_THAT(unknown.error, HasSubstr("reelwright clip --help"));
}

TEST(CommandLine, AMissingFileHasItsOwnExitCode) {
  const Result result = reelwright_with({"probe", "/nowhere/talk.mp4"});
  expect_refused(result, 3, "not_found");
  EXPECT_THAT(result.error, HasSubstr("/nowhere/talk.mp4"));
}

TEST(CommandLine, WhatIsNoRecordingHasItsOwnToo) {
  const reelwright::testing::TemporaryFolder folder;
  core::write_file(folder / "talk.mp4", "These are only words.");
  expect_refused(reelwright_with({"probe", (folder / "talk.mp4").string()}), 4, "unsupported_media");
}

TEST(CommandLine, ABadSettingIsRefusedBeforeAnythingIsDone) {
  const reelwright::testing::TemporaryFolder folder;
  const std::string out = (folder / "clips").string();
  for (const std::vector<std::string>& flags :
       std::vector<std::vector<std::string>>{{"--num-clips", "0"},
                                             {"--aspect-ratio", "2:1"},
                                             {"--min-duration", "60", "--max-duration", "15"}}) {
    std::vector<std::string> arguments{"clip", "/nowhere/talk.mp4", "--out", out};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const Result result = reelwright_with(arguments);
    expect_refused(result, 2, "invalid_input");
    EXPECT_THAT(result.error, HasSubstr(flags[0]));
  }
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST(CommandLine, TopicsAreCountedInLines) {
  const reelwright::testing::TemporaryFolder folder;
  core::write_file(folder / "lines.txt", "Bees dance in the hive.\nBees follow the dance.\nBoats sail.\n");
  const Result one = reelwright_with({"topics", (folder / "lines.txt").string(), "--count", "1"});
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_EQ(one.out, "[]\n");
  const Result two = reelwright_with({"topics", (folder / "lines.txt").string(), "--count", "2"});
  EXPECT_EQ(two.out, "[2]\n");
}

}  // namespace
}  // namespace reelwright::cli
