#pragma once

#include <filesystem>
#include <vector>

#include "core/context.h"

namespace reelwright::vision {

/// How much the picture moves in each second of the file: 0 (still) to 1 (everything changes), one value a
/// second. For choosing clips where nobody speaks. Looks at a few small pictures a second.
std::vector<float> picture_activity(const std::filesystem::path& source, const core::Context& context);

}  // namespace reelwright::vision
