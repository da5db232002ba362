#include "inference/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/digest.h"
#include "core/error.h"
#include "core/files.h"
#include "inference/test_models.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Verifying : public ::testing::Test {
 protected:
  void put(const std::string& name, const std::string& content) {
    fs::create_directories((models / name).parent_path());
    core::write_file(models / name, content);
  }
  std::vector<FileVerdict> verify(const std::string& name) {
    return verify_model(find_installed(installed_models(models, registry), name), registry,
                        read_checksums(models), context);
  }
  FileVerdict only(const std::string& name) {
    const auto verdicts = verify(name);
    EXPECT_EQ(verdicts.size(), 1U);
    return verdicts.at(0);
  }

  testing::TemporaryFolder folder;
  fs::path models = folder.path();
  const std::string whole = testing::whisper_model();
  Registry registry = Registry::parse(
      R"({"models": [{"name": "w", "role": "transcriber", "format": "ggml", "languages": [], "licence": "MIT",
          "files": [{"name": "w.bin", "url": "https://example.com/w.bin", "bytes": )" +
          std::to_string(whole.size()) + R"(, "sha256": ")" + core::sha256(whole) + R"("}]}]})",
      "test.json");
  core::Context context;
};

TEST_F(Verifying, AModelOfTheRegistryIsHeldToItsChecksum) {
  put("transcriber/w/w.bin", whole);
  EXPECT_EQ(only("w").verdict, Verdict::good);
  EXPECT_EQ(only("w").sha256, core::sha256(whole));
  put("transcriber/w/w.bin", whole.substr(0, whole.size() - 1));
  EXPECT_EQ(only("w").verdict, Verdict::cut_short);
  EXPECT_EQ(only("w").problem, fmt::format("cut short: {} of {} bytes", whole.size() - 1, whole.size()));
  put("transcriber/w/w.bin", whole.substr(0, whole.size() - 1) + "x");
  EXPECT_EQ(only("w").verdict, Verdict::changed);
  EXPECT_THAT(only("w").problem, HasSubstr("instead of " + core::sha256(whole)));
  put("transcriber/w/w.bin", whole + "x");
  EXPECT_EQ(only("w").verdict, Verdict::changed);
  put("transcriber/w/w.bin", testing::gguf_model(whole.size()));
  EXPECT_EQ(only("w").verdict, Verdict::other_kind);
  EXPECT_EQ(only("w").problem, "a GGUF model, not a ggml model");
}

TEST_F(Verifying, AFileThatIsMissingIsTold) {
  put("transcriber/w/other.bin", whole);
  const auto verdicts = verify("w");
  ASSERT_EQ(verdicts.size(), 2U);
  EXPECT_EQ(verdicts[0].verdict, Verdict::unheld);
  EXPECT_EQ(verdicts[1].verdict, Verdict::missing);
  EXPECT_EQ(verdicts[1].file, models / "transcriber/w/w.bin");
}

TEST_F(Verifying, OthersAreHeldToWhatWasSeenWhenTheyCame) {
  put("detector/mine/a.onnx", testing::onnx_model());
  EXPECT_EQ(only("mine").verdict, Verdict::unheld);
  remember_checksums(models, {{"mine", "a.onnx", testing::onnx_model().size(),
                               core::sha256(testing::onnx_model()), "a.onnx", ""}});
  EXPECT_EQ(only("mine").verdict, Verdict::good);
  put("detector/mine/a.onnx", testing::onnx_model(199) + "\x42");
  EXPECT_TRUE(is_fault(only("mine").verdict));
}

TEST_F(Verifying, AUsersFileIsHeldToItsKind) {
  put("transcriber/a.bin", whole);
  EXPECT_EQ(only("a.bin").verdict, Verdict::unheld);
  put("transcriber/a.bin", "no model");
  EXPECT_EQ(only("a.bin").verdict, Verdict::other_kind);
  put("transcriber/a.bin", "");
  EXPECT_EQ(only("a.bin").problem, "empty, not a ggml model");
  put("transcriber/a.bin", whole.substr(0, whole.size() / 2));
  EXPECT_EQ(only("a.bin").verdict, Verdict::cut_short);
  put("transcriber/a.bin", whole + "x");
  EXPECT_EQ(only("a.bin").verdict, Verdict::other_kind);
  EXPECT_THAT(only("a.bin").problem, HasSubstr("goes on behind its last tensor"));
  put("b.onnx", testing::onnx_model().substr(0, 100));
  EXPECT_EQ(only("b.onnx").verdict, Verdict::cut_short);
}

TEST_F(Verifying, TellsHowFarItIs) {
  put("transcriber/w/w.bin", whole);
  double told = 0;
  context.progress = [&](double share) { told = share; };
  only("w");
  EXPECT_EQ(told, 1.0);
}

TEST(Verdicts, HaveNames) {
  EXPECT_EQ(name(Verdict::good), "good");
  EXPECT_EQ(name(Verdict::cut_short), "cut_short");
  EXPECT_EQ(name(Verdict::other_kind), "other_kind");
}

}  // namespace
}  // namespace reelwright::inference
