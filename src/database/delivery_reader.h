#pragma once

// Inside `database/` only.

#include <soci/soci.h>

#include <optional>
#include <string>

#include "database/webhooks.h"

namespace reelwright::database {

std::optional<Delivery> read_delivery(soci::session& sql, const std::string& id);

}  // namespace reelwright::database
