#include "inference/installed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/error.h"
#include "core/files.h"
#include "inference/test_models.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Installed : public ::testing::Test {
 protected:
  void put(const std::string& name, const std::string& content) {
    fs::create_directories((folder / name).parent_path());
    core::write_file(folder / name, content);
  }
  std::vector<InstalledModel> all() const { return installed_models(folder.path(), registry); }
  InstalledModel only() const {
    const auto models = all();
    EXPECT_EQ(models.size(), 1U);
    return models.at(0);
  }

  testing::TemporaryFolder folder;
  Registry registry = Registry::load();
};

TEST_F(Installed, NothingIsThereWhereThereIsNoFolder) {
  EXPECT_THAT(installed_models(folder / "none", registry), IsEmpty());
  EXPECT_THAT(all(), IsEmpty());
}

TEST_F(Installed, AFolderOfARoleHoldsModels) {
  put("embedder/all-minilm-l6-v2/tokenizer.json", "{}" + std::string(1000, ' '));
  put("embedder/all-minilm-l6-v2/model.onnx", testing::onnx_model());
  const InstalledModel model = only();
  EXPECT_EQ(model.name, "all-minilm-l6-v2");
  EXPECT_EQ(model.role, Role::embedder);
  EXPECT_EQ(model.format, Format::onnx);
  EXPECT_EQ(model.weights(), folder / "embedder/all-minilm-l6-v2/model.onnx");
  EXPECT_EQ(model.bytes, 1002 + testing::onnx_model().size());
  EXPECT_NE(known_as(registry, model), nullptr);
}

TEST_F(Installed, AFileInTheFolderOfARoleIsAModel) {
  put("synthesizer/voice.onnx", testing::onnx_model());
  put("synthesizer/voice.onnx.json", "{}");
  put("synthesizer/readme.txt", "hello");
  const InstalledModel model = only();
  EXPECT_EQ(model.name, "voice.onnx");
  EXPECT_EQ(model.role, Role::synthesizer);
  EXPECT_THAT(model.files,
              ElementsAre(folder / "synthesizer/voice.onnx", folder / "synthesizer/voice.onnx.json"));
  EXPECT_EQ(known_as(registry, model), nullptr);
}

TEST_F(Installed, AFileAtTheTopHasTheRoleThatItsKindTells) {
  put("ggml-base.bin", testing::whisper_model());
  EXPECT_EQ(only().role, Role::transcriber);
  put("ggml-base.bin", "lmgg, but of another kind");
  EXPECT_EQ(only().role, std::nullopt);
  put("ggml-base.bin", testing::gguf_model());
  EXPECT_EQ(only().role, Role::language_model);
  put("ggml-base.bin", testing::onnx_model());
  EXPECT_EQ(only().role, std::nullopt);
  EXPECT_EQ(only().format, Format::onnx);
  put("ggml-base.bin", "");
  EXPECT_EQ(only().format, std::nullopt);
}

TEST_F(Installed, HiddenFilesAndFoldersOfNoRoleArePassedOver) {
  put(".incoming/whisper-base/ggml-base.bin", testing::whisper_model());
  put("transcriber/.x.reelwright-1-1/ggml-base.bin", testing::whisper_model());
  put("transcriber/.hidden.bin", testing::whisper_model());
  put("mine/ggml-base.bin", testing::whisper_model());
  put("checksums.json", "{}");
  fs::create_directories(folder / "transcriber/empty");
  fs::create_symlink(folder / "nowhere", folder / "transcriber/broken.bin");
  EXPECT_THAT(all(), IsEmpty());
}

TEST_F(Installed, AreFoundByTheirName) {
  put("transcriber/a.bin", testing::whisper_model());
  put("b.bin", testing::whisper_model());
  EXPECT_EQ(find_installed(all(), "b.bin").place, folder / "b.bin");
  const auto code = [&](const char* name) {
    try {
      find_installed(all(), name);
    } catch (const core::Error& error) {
      return error.code();
    }
    return core::ErrorCode::internal;
  };
  EXPECT_EQ(code("../b.bin"), core::ErrorCode::not_found);
  put("a.bin", testing::whisper_model());
  EXPECT_EQ(code("a.bin"), core::ErrorCode::conflict);
}

}  // namespace
}  // namespace reelwright::inference
