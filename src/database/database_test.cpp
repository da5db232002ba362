#include "database/database.h"

#include <filesystem>
#include <thread>

#include "database/test_database.h"

namespace reelwright::database {
namespace {

using core::ErrorCode;

std::string url_of(const std::filesystem::path& file) { return "sqlite:///" + file.string(); }

TEST(Databases, IsMadeAndMigratedOnce) {
  const testing::TemporaryFolder folder;
  const auto file = folder / "a b.db";
  for (int time = 0; time < 2; ++time) {
    Database database(url_of(file));
    database.migrate();
    database.check();
  }
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(Databases, OfANewerProgramIsLeftAlone) {
  const testing::TemporaryFolder folder;
  Database database(url_of(folder / "a.db"));
  database.migrate();
  writing(database, [](soci::session& sql) { sql << "UPDATE schema_version SET version = 1000"; });
  EXPECT_EQ(refused([&] { database.migrate(); }), ErrorCode::conflict);
}

TEST(Databases, MigrationsThatMeetAtOnceBothSucceed) {
  const testing::TemporaryFolder folder;
  const std::string url = url_of(folder / "a.db");
  std::vector<std::jthread> programs;
  for (int i = 0; i < 4; ++i)
    programs.emplace_back([&] {
      Database database(url, 1);
      EXPECT_NO_THROW(database.migrate());
    });
}

TEST(Databases, UrlsOfOtherKindsAreRefused) {
  for (const char* url : {"", "jobs.db", "sqlite://", "sqlite:///", "mysql://localhost/jobs"})
    EXPECT_EQ(refused([&] { Database{url}; }), ErrorCode::invalid_input) << url;
}

TEST(Databases, AFolderThatIsMissingIsSaid) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(refused([&] { Database{url_of(folder / "no/such/folder.db")}; }), ErrorCode::unavailable);
}

TEST(Databases, AFileThatIsNoDatabaseIsRefused) {
  EXPECT_EQ(refused([&] { Database{"sqlite:////proc/self/cmdline"}; }), ErrorCode::unavailable);
}

TEST(Databases, AWriteThatFailsIsUndone) {
  const testing::TemporaryFolder folder;
  Database database(url_of(folder / "a.db"));
  database.migrate();
  EXPECT_THROW(writing(database,
                       [](soci::session& sql) {
                         sql << "INSERT INTO users (id, name, created_at) VALUES ('ada', 'Ada', 0)";
                         throw core::Error(ErrorCode::cancelled, "Stopped.");
                       }),
               core::Error);
  int users = -1;
  reading(database, [&](soci::session& sql) { sql << "SELECT COUNT(*) FROM users", soci::into(users); });
  EXPECT_EQ(users, 0);
  database.check();  // and the connection is free again
}

}  // namespace
}  // namespace reelwright::database
