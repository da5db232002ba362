#include <array>

#include "database/schema.h"

namespace reelwright::database {

namespace {

constexpr std::array statements = {
    // One row: the last revision given to a job. Whoever changes a job takes the next one in the same
    // transaction, so revisions become visible in their order.
    "CREATE TABLE changes (revision BIGINT NOT NULL)",
    "INSERT INTO changes (revision) VALUES (0)",

    R"(CREATE TABLE jobs (
         processing_id TEXT PRIMARY KEY,
         kind TEXT NOT NULL,
         user_id TEXT NOT NULL REFERENCES users(id),
         status TEXT NOT NULL CHECK (status IN ('queued', 'processing', 'completed', 'failed', 'cancelled')),
         revision BIGINT NOT NULL DEFAULT 0,
         priority INTEGER NOT NULL DEFAULT 0,
         settings TEXT NOT NULL,
         inputs TEXT NOT NULL,
         attempt INTEGER NOT NULL DEFAULT 0,
         failed_attempts INTEGER NOT NULL DEFAULT 0,
         most_attempts INTEGER NOT NULL,
         dead INTEGER NOT NULL DEFAULT 0,
         queued_at DOUBLE PRECISION NOT NULL,
         run_after DOUBLE PRECISION,
         lease_owner TEXT,
         lease_until DOUBLE PRECISION,
         cancel_requested INTEGER NOT NULL DEFAULT 0,
         progress_percentage INTEGER NOT NULL DEFAULT 0,
         stage TEXT NOT NULL DEFAULT '',
         seconds_left DOUBLE PRECISION,
         warnings TEXT NOT NULL DEFAULT '[]',
         results INTEGER NOT NULL DEFAULT 0,
         created_at DOUBLE PRECISION NOT NULL,
         started_at DOUBLE PRECISION,
         completed_at DOUBLE PRECISION,
         original_filename TEXT NOT NULL,
         num_clips_requested INTEGER,
         aspect_ratio TEXT,
         webhook_url TEXT,
         batch_id TEXT,
         request_id TEXT NOT NULL,
         source_seconds DOUBLE PRECISION,
         source_container TEXT NOT NULL DEFAULT '',
         source_digest TEXT NOT NULL,
         source_bytes BIGINT NOT NULL,
         workspace_bytes BIGINT NOT NULL DEFAULT 0,
         result_bytes BIGINT NOT NULL DEFAULT 0))",
    // The queue in its order; what decides whether a job is due stands in the index too.
    R"(CREATE INDEX jobs_waiting ON jobs (priority DESC, queued_at, processing_id, run_after, kind)
       WHERE status = 'queued')",
    "CREATE INDEX jobs_running ON jobs (lease_until) WHERE status = 'processing'",
    "CREATE INDEX jobs_by_revision ON jobs (revision)",
    "CREATE INDEX jobs_by_age ON jobs (created_at, processing_id)",
    "CREATE INDEX jobs_of_users ON jobs (user_id, created_at, processing_id)",
    "CREATE INDEX jobs_of_batches ON jobs (batch_id) WHERE batch_id IS NOT NULL",
    "CREATE INDEX jobs_by_state ON jobs (kind, status)",
    "CREATE INDEX jobs_stored ON jobs (user_id, source_bytes, workspace_bytes, result_bytes)",

    // Told to those who follow changes; cleared after a day.
    R"(CREATE TABLE removed_jobs (
         revision BIGINT PRIMARY KEY,
         processing_id TEXT NOT NULL,
         at DOUBLE PRECISION NOT NULL))",

    R"(CREATE TABLE job_errors (
         id INTEGER PRIMARY KEY,
         processing_id TEXT NOT NULL REFERENCES jobs(processing_id) ON DELETE CASCADE,
         attempt INTEGER NOT NULL,
         at DOUBLE PRECISION NOT NULL,
         code TEXT NOT NULL,
         message TEXT NOT NULL,
         stage TEXT NOT NULL,
         retryable INTEGER NOT NULL))",
    "CREATE INDEX errors_of_jobs ON job_errors (processing_id, id)",

    // An id is never given twice, so that metrics can read on behind one.
    R"(CREATE TABLE job_stages (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         processing_id TEXT NOT NULL REFERENCES jobs(processing_id) ON DELETE CASCADE,
         attempt INTEGER NOT NULL,
         at DOUBLE PRECISION NOT NULL,
         stage TEXT NOT NULL,
         seconds DOUBLE PRECISION NOT NULL,
         cpu_seconds DOUBLE PRECISION NOT NULL,
         peak_mib DOUBLE PRECISION NOT NULL,
         reused INTEGER NOT NULL))",
    "CREATE INDEX stages_of_jobs ON job_stages (processing_id, id)",
};

}  // namespace

Statements job_schema() { return statements; }

}  // namespace reelwright::database
