#include "inference/file_digest.h"

#include <gtest/gtest.h>

#include "core/digest.h"
#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

TEST(FileDigest, IsThatOfTheWhole) {
  const testing::TemporaryFolder folder;
  const std::string content(3'000'000, 'x');
  core::write_file(folder / "a", content);
  double told = 0;
  const core::Context context{.stop = {}, .progress = [&](double share) { told = share; }};
  EXPECT_EQ(file_digest(folder / "a", context), core::sha256(content));
  EXPECT_EQ(told, 1.0);
  EXPECT_EQ(copy_with_digest(folder / "a", folder / "b", context), core::sha256(content));
  EXPECT_EQ(core::read_file(folder / "b", 4 << 20), content);
}

TEST(FileDigest, OfNothingAndOfWhatIsMissing) {
  const testing::TemporaryFolder folder;
  core::write_file(folder / "empty", "");
  EXPECT_EQ(file_digest(folder / "empty", {}),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");  // sha256sum of nothing
  try {
    file_digest(folder / "missing", {});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::not_found);
  }
}

TEST(FileDigest, ACopyWritesOverNothing) {
  const testing::TemporaryFolder folder;
  core::write_file(folder / "a", "new");
  core::write_file(folder / "b", "old");
  EXPECT_THROW(copy_with_digest(folder / "a", folder / "b", {}), core::Error);
  EXPECT_EQ(core::read_file(folder / "b", 10), "old");
}

TEST(FileDigest, AStopIsObeyed) {
  const testing::TemporaryFolder folder;
  core::write_file(folder / "a", "content");
  std::stop_source source;
  source.request_stop();
  try {
    file_digest(folder / "a", {.stop = source.get_token(), .progress = {}});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace reelwright::inference
