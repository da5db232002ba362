#pragma once

#include <filesystem>
#include <stop_token>

#include "core/time.h"

namespace reelwright::vision {

/// Where a shot truly begins of which only is known that a picture of the shot before stands at `before` and
/// one of its own at `after`: decodes every picture in between. Returns `after` where there is none.
/// Throws `cancelled`.
core::Time exact_cut(const std::filesystem::path& source, core::Time before, core::Time after,
                     std::stop_token stop);

}  // namespace reelwright::vision
