#include <array>

#include "database/schema.h"

namespace reelwright::database {

namespace {

constexpr std::array statements = {
    // A quota of NULL is the settings', 0 is none.
    R"(CREATE TABLE users (
         id TEXT PRIMARY KEY,
         name TEXT NOT NULL UNIQUE,
         created_at DOUBLE PRECISION NOT NULL,
         quota_jobs_per_day INTEGER,
         quota_minutes_per_day INTEGER,
         quota_storage_mb INTEGER,
         quota_cost_per_month DOUBLE PRECISION,
         webhook_secret TEXT NOT NULL DEFAULT '',
         previous_webhook_secret TEXT,
         previous_webhook_secret_until DOUBLE PRECISION))",
    // Of a key only the SHA-256.
    R"(CREATE TABLE api_keys (
         id TEXT PRIMARY KEY,
         user_id TEXT NOT NULL REFERENCES users(id),
         name TEXT NOT NULL,
         hash TEXT NOT NULL UNIQUE,
         scopes TEXT NOT NULL,
         created_at DOUBLE PRECISION NOT NULL,
         expires_at DOUBLE PRECISION,
         revoked_at DOUBLE PRECISION,
         last_used_at DOUBLE PRECISION))",
    "CREATE INDEX keys_of_users ON api_keys (user_id)",
    R"(CREATE TABLE secrets (
         name TEXT PRIMARY KEY,
         value TEXT NOT NULL,
         created_at DOUBLE PRECISION NOT NULL))",

    // What was done by day, deleted jobs included: quotas and analytics.
    R"(CREATE TABLE usage_days (
         user_id TEXT NOT NULL REFERENCES users(id),
         day TEXT NOT NULL,
         jobs INTEGER NOT NULL DEFAULT 0,
         completed INTEGER NOT NULL DEFAULT 0,
         failed INTEGER NOT NULL DEFAULT 0,
         cancelled INTEGER NOT NULL DEFAULT 0,
         source_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
         started INTEGER NOT NULL DEFAULT 0,
         waiting_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
         processing_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
         uploaded_bytes BIGINT NOT NULL DEFAULT 0,
         cost DOUBLE PRECISION NOT NULL DEFAULT 0,
         PRIMARY KEY (user_id, day)))",
    "CREATE INDEX usage_by_day ON usage_days (day)",
    R"(CREATE TABLE ledger (
         id INTEGER PRIMARY KEY,
         user_id TEXT NOT NULL REFERENCES users(id),
         processing_id TEXT NOT NULL,
         vendor TEXT NOT NULL,
         item TEXT NOT NULL,
         amount DOUBLE PRECISION NOT NULL,
         at DOUBLE PRECISION NOT NULL))",
    "CREATE INDEX ledger_of_jobs ON ledger (processing_id)",

    R"(CREATE TABLE audit_log (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         at DOUBLE PRECISION NOT NULL,
         user_id TEXT NOT NULL,
         key_id TEXT NOT NULL,
         address TEXT NOT NULL,
         request_id TEXT NOT NULL,
         action TEXT NOT NULL,
         subject TEXT NOT NULL))",
};

}  // namespace

Statements access_schema() { return statements; }

}  // namespace reelwright::database
