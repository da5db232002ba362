#include <array>

#include "database/schema.h"

namespace reelwright::database {

namespace {

constexpr std::array statements = {
    // Reserved while `owner` is not NULL; finished after that.
    R"(CREATE TABLE idempotency_keys (
         user_id TEXT NOT NULL,
         idempotency_key TEXT NOT NULL,
         fingerprint TEXT NOT NULL,
         owner TEXT,
         alive_until DOUBLE PRECISION NOT NULL,
         expires_at DOUBLE PRECISION NOT NULL,
         processing_id TEXT NOT NULL DEFAULT '',
         response TEXT NOT NULL DEFAULT '',
         PRIMARY KEY (user_id, idempotency_key)))",
    "CREATE INDEX idempotency_by_expiry ON idempotency_keys (expires_at)",

    R"(CREATE TABLE batches (
         id TEXT PRIMARY KEY,
         user_id TEXT NOT NULL,
         created_at DOUBLE PRECISION NOT NULL))",
    R"(CREATE TABLE batch_items (
         batch_id TEXT NOT NULL REFERENCES batches(id) ON DELETE CASCADE,
         position INTEGER NOT NULL,
         source TEXT NOT NULL,
         processing_id TEXT NOT NULL,
         error_code TEXT,
         error_message TEXT,
         PRIMARY KEY (batch_id, position)))",

    R"(CREATE TABLE uploads (
         id TEXT PRIMARY KEY,
         user_id TEXT NOT NULL,
         length BIGINT,
         received BIGINT NOT NULL,
         metadata TEXT NOT NULL,
         request_id TEXT NOT NULL,
         created_at DOUBLE PRECISION NOT NULL,
         expires_at DOUBLE PRECISION NOT NULL,
         processing_id TEXT NOT NULL))",
    "CREATE INDEX uploads_by_expiry ON uploads (expires_at)",
    "CREATE INDEX uploads_of_users ON uploads (user_id, processing_id, received)",

    // The outbox. Rows outlive their jobs: what has happened is still told.
    R"(CREATE TABLE webhook_deliveries (
         id TEXT PRIMARY KEY,
         user_id TEXT NOT NULL,
         processing_id TEXT NOT NULL,
         event TEXT NOT NULL,
         clip_number INTEGER,
         url TEXT NOT NULL,
         payload TEXT NOT NULL DEFAULT '',
         status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
         attempts INTEGER NOT NULL DEFAULT 0,
         sent INTEGER NOT NULL DEFAULT 0,
         created_at DOUBLE PRECISION NOT NULL,
         next_attempt_at DOUBLE PRECISION,
         lease_owner TEXT,
         last_status_code INTEGER,
         last_error TEXT NOT NULL DEFAULT '',
         delivered_at DOUBLE PRECISION))",
    "CREATE INDEX deliveries_waiting ON webhook_deliveries (next_attempt_at) WHERE status = 'pending'",
    "CREATE INDEX deliveries_of_users ON webhook_deliveries (user_id, id)",
    "CREATE INDEX deliveries_of_jobs ON webhook_deliveries (processing_id, id)",
    R"(CREATE TABLE webhook_attempts (
         id INTEGER PRIMARY KEY,
         delivery_id TEXT NOT NULL REFERENCES webhook_deliveries(id) ON DELETE CASCADE,
         at DOUBLE PRECISION NOT NULL,
         duration_seconds DOUBLE PRECISION NOT NULL,
         status_code INTEGER,
         error TEXT NOT NULL))",
    "CREATE INDEX attempts_of_deliveries ON webhook_attempts (delivery_id, id)",
    R"(CREATE TABLE disabled_endpoints (
         user_id TEXT NOT NULL,
         url TEXT NOT NULL,
         reason TEXT NOT NULL,
         at DOUBLE PRECISION NOT NULL,
         PRIMARY KEY (user_id, url)))",
};

}  // namespace

Statements request_schema() { return statements; }

}  // namespace reelwright::database
