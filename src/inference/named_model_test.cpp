#include "inference/named_model.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"
#include "inference/test_models.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

namespace fs = std::filesystem;

class NamedModels : public ::testing::Test {
 protected:
  void put(const std::string& name) {
    fs::create_directories((models / name).parent_path());
    core::write_file(models / name, testing::whisper_model());
  }
  fs::path weights(const std::string& name) { return named_weights(name, Role::transcriber, models, {}); }

  testing::TemporaryFolder folder;
  fs::path models = folder / "models";
};

TEST_F(NamedModels, AreInstalledOnesOfTheRole) {
  put("transcriber/mine/w.bin");
  put("detector/other/w.bin");
  put("ggml-small.bin");
  EXPECT_EQ(weights("mine"), models / "transcriber/mine/w.bin");
  EXPECT_EQ(weights("ggml-small.bin"), models / "ggml-small.bin");
  EXPECT_THROW(weights("other"), core::Error);
  EXPECT_THROW(weights("none"), core::Error);
}

TEST_F(NamedModels, WithASlashArePaths) {
  EXPECT_EQ(weights("/a/b.bin"), "/a/b.bin");
  EXPECT_EQ(weights("./b.bin"), fs::absolute("./b.bin"));
  EXPECT_EQ(weights("no/such.bin"), fs::absolute("no/such.bin"));
}

}  // namespace
}  // namespace reelwright::inference
