#include "inference/add.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/digest.h"
#include "core/error.h"
#include "core/files.h"
#include "inference/checksums.h"
#include "inference/remove.h"
#include "inference/test_models.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Adding : public ::testing::Test {
 protected:
  fs::path file(const std::string& name, const std::string& content) {
    core::write_file(mine / name, content);
    return mine / name;
  }
  InstalledModel add(const std::vector<fs::path>& files, Role role, const std::string& name = "") {
    return add_model(models, registry, {files, role, name}, {});
  }
  ErrorCode refused(const std::vector<fs::path>& files, Role role, const std::string& name = "") {
    try {
      add(files, role, name);
    } catch (const core::Error& error) {
      message = error.what();
      return error.code();
    }
    return ErrorCode::internal;
  }

  testing::TemporaryFolder mine;
  testing::TemporaryFolder base;
  fs::path models = base / "models";
  Registry registry = Registry::load();
  std::string message;
};

TEST_F(Adding, TakesAFileInAndRemembersIt) {
  const fs::path weights = file("my-whisper.bin", testing::whisper_model());
  const InstalledModel model = add({weights}, Role::transcriber);
  EXPECT_EQ(model.name, "my-whisper");
  EXPECT_EQ(model.weights(), models / "transcriber/my-whisper/my-whisper.bin");
  EXPECT_EQ(core::read_file(model.weights(), 1'000'000), testing::whisper_model());
  EXPECT_TRUE(fs::exists(weights));
  const auto seen = read_checksums(models);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].sha256, core::sha256(testing::whisper_model()));
  EXPECT_EQ(seen[0].origin, weights);
  EXPECT_FALSE(fs::exists(models / ".incoming"));
}

TEST_F(Adding, WhatBelongsToTheWeightsComesAlong) {
  const fs::path weights = file("voice.onnx", testing::onnx_model());
  file("voice.onnx.json", "{}");
  file("other.onnx.json", "{}");
  const fs::path words = file("words.txt", "a\n");
  const InstalledModel model = add({weights, words}, Role::synthesizer, "ada");
  EXPECT_EQ(model.name, "ada");
  EXPECT_EQ(model.files.size(), 3U);
  EXPECT_EQ(model.weights().filename(), "voice.onnx");
}

TEST_F(Adding, ALinkIsFollowed) {
  fs::create_symlink(file("real.bin", testing::whisper_model()), mine / "link.bin");
  const InstalledModel model = add({mine / "link.bin"}, Role::transcriber);
  EXPECT_FALSE(fs::is_symlink(model.weights()));
  EXPECT_EQ(core::read_file(model.weights(), 1'000'000), testing::whisper_model());
}

TEST_F(Adding, WeightsOfAnotherKindAreRefused) {
  EXPECT_EQ(refused({file("a.bin", testing::gguf_model())}, Role::transcriber), ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("a.bin is a GGUF model, not a ggml model"));
  EXPECT_EQ(refused({file("a.onnx", testing::onnx_model().substr(0, 50))}, Role::detector),
            ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("cut short"));
  EXPECT_EQ(refused({file("a.onnx", "<!DOCTYPE html>")}, Role::detector), ErrorCode::invalid_input);
  EXPECT_EQ(refused({mine.path()}, Role::detector), ErrorCode::invalid_input);
  EXPECT_EQ(refused({mine / "none"}, Role::detector), ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(models));
}

TEST_F(Adding, NamesThatLeadElsewhereOrAreTakenAreRefused) {
  const fs::path weights = file("a.bin", testing::whisper_model());
  for (const char* name : {"..", "../up", "a/b", "/etc/x", ".hidden", "transcriber", "a b"})
    EXPECT_EQ(refused({weights}, Role::transcriber, name), ErrorCode::invalid_input) << name;
  EXPECT_EQ(refused({weights}, Role::transcriber, "whisper-base"), ErrorCode::conflict);
  EXPECT_FALSE(fs::exists(models));
  add({weights}, Role::transcriber, "mine");
  EXPECT_EQ(refused({weights}, Role::transcriber, "mine"), ErrorCode::conflict);
  EXPECT_THAT(message, HasSubstr("models remove mine"));
  EXPECT_EQ(refused({weights, weights}, Role::transcriber, "other"), ErrorCode::invalid_input);
}

TEST_F(Adding, AStopLeavesNothing) {
  std::stop_source source;
  source.request_stop();
  const fs::path weights = file("a.bin", testing::whisper_model());
  try {
    add_model(models, registry, {{weights}, Role::transcriber, ""},
              {.stop = source.get_token(), .progress = {}});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  EXPECT_THAT(installed_models(models, registry), IsEmpty());
  EXPECT_FALSE(fs::exists(models / ".incoming"));
}

TEST_F(Adding, WhatIsRemovedIsForgotten) {
  add({file("a.bin", testing::whisper_model())}, Role::transcriber);
  const Removed removed = remove_model(models, registry, "a");
  EXPECT_EQ(removed.place, models / "transcriber/a");
  EXPECT_EQ(removed.bytes, testing::whisper_model().size());
  EXPECT_THAT(installed_models(models, registry), IsEmpty());
  EXPECT_THAT(read_checksums(models), IsEmpty());
  EXPECT_TRUE(fs::is_empty(models / "transcriber"));
  EXPECT_THROW(remove_model(models, registry, "a"), core::Error);
  EXPECT_THROW(remove_model(models, registry, "../a"), core::Error);
}

TEST_F(Adding, AFileOfTheUsersOwnIsRemovedWithWhatBelongsToIt) {
  fs::create_directories(models / "synthesizer");
  core::write_file(models / "synthesizer/v.onnx", testing::onnx_model());
  core::write_file(models / "synthesizer/v.onnx.json", "{}");
  core::write_file(models / "synthesizer/notes.txt", "mine");
  remove_model(models, registry, "v.onnx");
  EXPECT_FALSE(fs::exists(models / "synthesizer/v.onnx"));
  EXPECT_FALSE(fs::exists(models / "synthesizer/v.onnx.json"));
  EXPECT_TRUE(fs::exists(models / "synthesizer/notes.txt"));
}

}  // namespace
}  // namespace reelwright::inference
