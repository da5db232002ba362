#include "database/open.h"

#include <filesystem>

#include "core/config.h"
#include "core/files.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

namespace fs = std::filesystem;

core::Config config_with(const std::map<std::string, std::string>& flags) {
  return core::Config::load(
      {.flags = flags, .environment = [](const char*) -> const char* { return nullptr; }});
}

TEST(OpenDatabase, LiesInTheStorageUnlessItIsNamed) {
  const testing::TemporaryFolder folder;
  const std::string storage = (folder / "storage").string();
  EXPECT_EQ(database_url(config_with({{"STORAGE_PATH", storage}})),
            "sqlite:///" + storage + "/reelwright.db");
  EXPECT_EQ(database_url(config_with({{"STORAGE_PATH", storage}, {"DATABASE_URL", "sqlite:////x.db"}})),
            "sqlite:////x.db");
}

TEST(OpenDatabase, IsMadeForItsOwnerAlone) {
  const testing::TemporaryFolder folder;
  const core::Config config = config_with({{"STORAGE_PATH", (folder / "a/b").string()}});
  open_database(config)->check();
  EXPECT_EQ(fs::status(folder / "a/b").permissions(), fs::perms::owner_all);
  for (const auto& entry : fs::directory_iterator(folder / "a/b"))
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
  open_database(config)->check();
}

TEST(OpenDatabase, AFolderThatIsThereKeepsItsRights) {
  const testing::TemporaryFolder folder;
  fs::create_directory(folder / "shared");
  const fs::perms before = fs::status(folder / "shared").permissions();
  open_database(config_with({{"STORAGE_PATH", (folder / "shared").string()}}));
  EXPECT_EQ(fs::status(folder / "shared").permissions(), before);
}

TEST(OpenDatabase, AFolderThatCannotBeIsSaid) {
  const testing::TemporaryFolder folder;
  core::write_file(folder / "file", "");
  EXPECT_NE(refused([&] { open_database(config_with({{"STORAGE_PATH", (folder / "file/x").string()}})); }),
            core::ErrorCode::internal);
  EXPECT_EQ(refused([&] { open_database(config_with({{"DATABASE_URL", "mysql://x"}})); }),
            core::ErrorCode::invalid_input);
}

}  // namespace
}  // namespace reelwright::database
