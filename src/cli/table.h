#pragma once

#include <string>
#include <vector>

namespace reelwright::cli {

/// Lines of cells, the first of them the heading, as columns that stand one under the other; two spaces
/// between them. Each line has as many cells as the first.
std::string aligned(const std::vector<std::vector<std::string>>& lines);

}  // namespace reelwright::cli
