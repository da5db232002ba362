#include "database/audit.h"

#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

void AuditTable::note(const AuditEntry& entry) {
  writing(database_, [&](soci::session& sql) {
    sql << R"(INSERT INTO audit_log (at, user_id, key_id, address, request_id, action, subject)
              VALUES (:at, :user, :key, :address, :request, :action, :subject))",
        soci::use(entry.at, "at"), soci::use(entry.user_id, "user"), soci::use(entry.key_id, "key"),
        soci::use(entry.address, "address"), soci::use(entry.request_id, "request"),
        soci::use(entry.action, "action"), soci::use(entry.subject, "subject");
  });
}

std::vector<AuditEntry> AuditTable::list(std::int64_t before, int limit) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<AuditEntry> entries;
    AuditEntry entry;
    soci::statement read =
        (sql.prepare << R"(SELECT id, at, user_id, key_id, address, request_id, action, subject FROM audit_log
                           WHERE :before = 0 OR id < :before ORDER BY id DESC LIMIT :limit)",
         soci::use(before, "before"), soci::use(limit, "limit"), soci::into(entry.id), soci::into(entry.at),
         soci::into(entry.user_id), soci::into(entry.key_id), soci::into(entry.address),
         soci::into(entry.request_id), soci::into(entry.action), soci::into(entry.subject));
    read.execute();
    while (read.fetch()) entries.push_back(entry);
    return entries;
  });
}

}  // namespace reelwright::database
