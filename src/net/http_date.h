#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace reelwright::net {

/// A date as HTTP headers carry it (RFC 9110, 5.6.7), in any of its three forms; nothing where it is none.
std::optional<core::Moment> http_date(std::string_view text);

}  // namespace reelwright::net
