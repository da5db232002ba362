#include <array>

#include "database/schema.h"

namespace reelwright::database {

namespace {

constexpr std::array statements = {
    "ALTER TABLE ledger ADD COLUMN stage TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE ledger ADD COLUMN tokens_in BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE ledger ADD COLUMN tokens_out BIGINT NOT NULL DEFAULT 0",
};

}  // namespace

Statements cost_schema() { return statements; }

}  // namespace reelwright::database
