#include "database/audit.h"

#include "database/test_database.h"

namespace reelwright::database {
namespace {

TEST_F(DatabaseTest, TheAuditLogIsReadBackwardsInPages) {
  AuditTable audit(database);
  for (const char* action : {"key.created", "job.deleted", "key.revoked"})
    audit.note({.at = start,
                .user_id = "ada",
                .key_id = "k",
                .address = "127.0.0.1",
                .request_id = "r",
                .action = action,
                .subject = "s"});
  const std::vector<AuditEntry> page = audit.list(0, 2);
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].action, "key.revoked");
  EXPECT_EQ(page[0].at, start);
  EXPECT_EQ(page[0].address, "127.0.0.1");
  const std::vector<AuditEntry> rest = audit.list(page[1].id, 2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].action, "key.created");
}

}  // namespace
}  // namespace reelwright::database
