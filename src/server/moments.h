#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace reelwright::server {

/// `2026-11-23` or `2026-11-23T09:30:00.5+01:00` (RFC 3339); nothing for anything else.
std::optional<core::Moment> find_moment(std::string_view text);

/// The same. Throws `invalid_input` for anything else.
core::Moment moment_from(std::string_view text);

}  // namespace reelwright::server
