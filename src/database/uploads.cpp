#include "database/uploads.h"

#include "core/error.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

const std::string columns =
    "SELECT id, user_id, length, received, metadata, request_id, created_at, expires_at, processing_id"
    " FROM uploads ";

void bind(soci::statement& statement, Upload& upload) {
  const auto into = [&](auto&... members) { (statement.exchange(soci::into(members)), ...); };
  into(upload.id, upload.user_id, upload.length, upload.received, upload.metadata, upload.request_id,
       upload.created_at, upload.expires_at, upload.processing_id);
}

std::optional<Upload> read_upload(soci::session& sql, const std::string& id) {
  Upload upload;
  soci::statement read(sql);
  bind(read, upload);
  read.exchange(soci::use(id, "id"));
  read.alloc();
  read.prepare(columns + "WHERE id = :id");
  read.define_and_bind();
  return read.execute(true) ? std::optional(upload) : std::nullopt;
}

}  // namespace

void UploadTable::insert(const Upload& upload) {
  writing(database_, [&](soci::session& sql) {
    if (read_upload(sql, upload.id))
      throw core::Error(core::ErrorCode::conflict, fmt::format("There is an upload {} already.", upload.id));
    sql << R"(INSERT INTO uploads (id, user_id, length, received, metadata, request_id, created_at,
                expires_at, processing_id)
              VALUES (:id, :user, :length, :received, :metadata, :request, :created, :expires, :job))",
        soci::use(upload.id, "id"), soci::use(upload.user_id, "user"), soci::use(upload.length, "length"),
        soci::use(upload.received, "received"), soci::use(upload.metadata, "metadata"),
        soci::use(upload.request_id, "request"), soci::use(upload.created_at, "created"),
        soci::use(upload.expires_at, "expires"), soci::use(upload.processing_id, "job");
  });
}

std::optional<Upload> UploadTable::find(const std::string& id) {
  return reading(database_, [&](soci::session& sql) { return read_upload(sql, id); });
}

bool UploadTable::set_length(const std::string& id, std::int64_t length) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement set = (sql.prepare << R"(UPDATE uploads SET length = :length
                                             WHERE id = :id AND length IS NULL AND received <= :length)",
                           soci::use(length, "length"), soci::use(id, "id"));
    return changed(set);
  });
}

bool UploadTable::advance(const std::string& id, std::int64_t from, std::int64_t to, Moment expires_at) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement advance =
        (sql.prepare << R"(UPDATE uploads SET received = :to, expires_at = :expires
                                                 WHERE id = :id AND received = :from)",
         soci::use(to, "to"), soci::use(expires_at, "expires"), soci::use(id, "id"), soci::use(from, "from"));
    return changed(advance);
  });
}

bool UploadTable::correct(const std::string& id, std::int64_t received) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement correct = (sql.prepare << "UPDATE uploads SET received = :received WHERE id = :id",
                               soci::use(received, "received"), soci::use(id, "id"));
    return changed(correct);
  });
}

bool UploadTable::finish(const std::string& id, const std::string& processing_id) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement finish = (sql.prepare << R"(UPDATE uploads SET processing_id = :job
                                                WHERE id = :id AND processing_id = '')",
                              soci::use(processing_id, "job"), soci::use(id, "id"));
    return changed(finish);
  });
}

bool UploadTable::remove(const std::string& id) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement remove = (sql.prepare << "DELETE FROM uploads WHERE id = :id", soci::use(id, "id"));
    return changed(remove);
  });
}

std::vector<Upload> UploadTable::expired(Moment now, int limit) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<Upload> uploads;
    Upload upload;
    soci::statement read(sql);
    bind(read, upload);
    read.exchange(soci::use(now, "now"));
    read.exchange(soci::use(limit, "limit"));
    read.alloc();
    read.prepare(columns + "WHERE expires_at <= :now ORDER BY expires_at, id LIMIT :limit");
    read.define_and_bind();
    read.execute();
    while (read.fetch()) uploads.push_back(upload);
    return uploads;
  });
}

}  // namespace reelwright::database
