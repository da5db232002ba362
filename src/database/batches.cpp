#include "database/batches.h"

#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// The items with what has become of their jobs. An error that was noted has no stage and will come again.
std::vector<BatchItem> read_items(soci::session& sql, const std::string& batch_id) {
  std::vector<BatchItem> items;
  BatchItem item;
  std::optional<std::string> code, message, job;
  std::optional<int> percentage;
  soci::statement read =
      (sql.prepare << R"(SELECT position, source, error_code, error_message, jobs.processing_id, status,
                           progress_percentage
                         FROM batch_items
                         LEFT JOIN jobs ON jobs.processing_id = batch_items.processing_id
                         WHERE batch_items.batch_id = :id ORDER BY position)",
       soci::use(batch_id, "id"), soci::into(item.position), soci::into(item.source), soci::into(code),
       soci::into(message), soci::into(job), soci::into(item.status), soci::into(percentage));
  read.execute();
  while (read.fetch()) {
    item.processing_id = job.value_or("");
    item.progress_percentage = percentage.value_or(0);
    item.error.reset();
    if (code) item.error = JobError{.code = *code, .message = message.value_or("")};
    items.push_back(item);
  }
  return items;
}

}  // namespace

void BatchTable::insert(const std::string& id, const std::string& user_id, Moment now) {
  writing(database_, [&](soci::session& sql) {
    sql << "INSERT INTO batches (id, user_id, created_at) VALUES (:id, :user, :now)", soci::use(id, "id"),
        soci::use(user_id, "user"), soci::use(now, "now");
  });
}

void BatchTable::put_item(const std::string& batch_id, const BatchItem& item) {
  std::optional<std::string> code, message;
  if (item.error) {
    code = item.error->code;
    message = item.error->message;
  }
  writing(database_, [&](soci::session& sql) {
    sql << R"(INSERT INTO batch_items (batch_id, position, source, processing_id, error_code, error_message)
              VALUES (:batch, :position, :source, :job, :code, :message)
              ON CONFLICT (batch_id, position) DO UPDATE SET source = excluded.source,
                processing_id = excluded.processing_id, error_code = excluded.error_code,
                error_message = excluded.error_message)",
        soci::use(batch_id, "batch"), soci::use(item.position, "position"), soci::use(item.source, "source"),
        soci::use(item.processing_id, "job"), soci::use(code, "code"), soci::use(message, "message");
  });
}

std::optional<Batch> BatchTable::find(const std::string& id) {
  return reading(database_, [&](soci::session& sql) -> std::optional<Batch> {
    Batch batch{.id = id, .user_id = {}, .created_at = {}};
    sql << "SELECT user_id, created_at FROM batches WHERE id = :id", soci::use(id, "id"),
        soci::into(batch.user_id), soci::into(batch.created_at);
    if (!sql.got_data()) return std::nullopt;
    batch.items = read_items(sql, id);
    return batch;
  });
}

}  // namespace reelwright::database
