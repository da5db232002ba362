#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/time.h"

namespace reelwright::jobs {

/// How long to wait after `attempts` failed ones (from 1 on): 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24
/// h, each up to a tenth shorter or longer by `share` (0 to 1), so that what failed together does not come
/// back together. Nothing after the tenth.
std::optional<std::chrono::milliseconds> pause_after(int attempts, double share);

/// What the header `Retry-After` asks for: seconds, or a date. Nothing where it is neither, or past.
std::optional<std::chrono::seconds> retry_after(std::string_view header, core::Moment now);

}  // namespace reelwright::jobs
