#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace reelwright::core {

/// A UUID of version 7 (RFC 9562) as 36 lower-case characters. Of two made by one process the later one is
/// the greater as text, so they sort by the time they were made. Thread-safe. Throws `internal` where the
/// system has no random numbers.
std::string make_uuid();

/// When a UUID of version 7 was made, to the millisecond; nothing for any other text.
std::optional<Moment> uuid_moment(std::string_view text);

/// Whether `text` is a UUID in the form that `make_uuid` gives.
bool is_uuid(std::string_view text);

}  // namespace reelwright::core
