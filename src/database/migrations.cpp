#include "database/migrations.h"

#include <array>
#include <span>

#include "core/error.h"

namespace reelwright::database {

namespace {

/// Times are seconds since 1970 in UTC, but for those the blueprint's tables hold as TIMESTAMP.
constexpr std::array version_1 = {
    R"(CREATE TABLE users (
         id TEXT PRIMARY KEY,
         name TEXT NOT NULL UNIQUE,
         created_at DOUBLE PRECISION NOT NULL))",

    // What every kind of job has in common; the engine knows only this table.
    R"(CREATE TABLE jobs (
         processing_id TEXT PRIMARY KEY,
         kind TEXT NOT NULL,
         user_id TEXT NOT NULL REFERENCES users(id),
         status TEXT NOT NULL CHECK (status IN ('queued', 'processing', 'completed', 'failed', 'cancelled')),
         priority INTEGER NOT NULL DEFAULT 0,
         settings TEXT NOT NULL,
         attempt INTEGER NOT NULL DEFAULT 0,
         most_attempts INTEGER NOT NULL,
         run_after DOUBLE PRECISION NOT NULL,
         lease_owner TEXT,
         lease_until DOUBLE PRECISION,
         cancel_requested INTEGER NOT NULL DEFAULT 0,
         progress_percentage INTEGER NOT NULL DEFAULT 0,
         stage TEXT NOT NULL DEFAULT '',
         seconds_left DOUBLE PRECISION,
         warnings TEXT NOT NULL DEFAULT '[]',
         created_at DOUBLE PRECISION NOT NULL,
         started_at DOUBLE PRECISION,
         completed_at DOUBLE PRECISION))",
    R"(CREATE TABLE job_errors (
         processing_id TEXT NOT NULL REFERENCES jobs(processing_id) ON DELETE CASCADE,
         attempt INTEGER NOT NULL,
         at DOUBLE PRECISION NOT NULL,
         code TEXT NOT NULL,
         message TEXT NOT NULL,
         stage TEXT NOT NULL,
         retryable INTEGER NOT NULL))",
    "CREATE INDEX errors_of_jobs ON job_errors (processing_id, at)",
    "CREATE INDEX jobs_waiting ON jobs (status, priority DESC, run_after)",
    "CREATE INDEX jobs_of_users ON jobs (user_id, created_at)",

    R"(CREATE TABLE processing_jobs (
         id INTEGER PRIMARY KEY,
         processing_id TEXT NOT NULL UNIQUE REFERENCES jobs(processing_id) ON DELETE CASCADE,
         status TEXT NOT NULL,
         progress_percentage INTEGER NOT NULL DEFAULT 0,
         input_filename TEXT NOT NULL,
         original_filename TEXT NOT NULL,
         num_clips_requested INTEGER NOT NULL,
         aspect_ratio TEXT NOT NULL,
         created_at TIMESTAMP NOT NULL,
         completed_at TIMESTAMP,
         error_message TEXT))",
    R"(CREATE TABLE generated_clips (
         id INTEGER PRIMARY KEY,
         job_id INTEGER NOT NULL REFERENCES processing_jobs(id) ON DELETE CASCADE,
         clip_number INTEGER NOT NULL,
         clip_filename TEXT NOT NULL,
         caption_filename TEXT NOT NULL,
         duration_seconds DOUBLE PRECISION NOT NULL,
         file_size_bytes BIGINT NOT NULL,
         clip_text_preview TEXT NOT NULL,
         facts TEXT NOT NULL,
         UNIQUE (job_id, clip_number)))",
};

using Statements = std::span<const char* const>;
constexpr std::array<Statements, 1> versions = {version_1};

int current_version(soci::session& sql) {
  sql << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
  int version = 0;
  soci::indicator found = soci::i_null;
  sql << "SELECT MAX(version) FROM schema_version", soci::into(version, found);
  if (found == soci::i_ok) return version;
  sql << "INSERT INTO schema_version (version) VALUES (0)";
  return 0;
}

}  // namespace

void apply_migrations(soci::session& sql) {
  const int known = static_cast<int>(versions.size());
  const int current = current_version(sql);
  if (current > known)
    throw core::Error(
        core::ErrorCode::conflict,
        fmt::format("The database is of version {}, which a newer Reelwright made; this one knows up "
                    "to {}. Run the newer one, or bring back a backup.",
                    current, known));
  for (int version = current; version < known; ++version)
    for (const char* statement : versions[static_cast<std::size_t>(version)]) sql << statement;
  if (current < known) sql << "UPDATE schema_version SET version = :version", soci::use(known);
}

}  // namespace reelwright::database
