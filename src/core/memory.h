#pragma once

#include <cstdint>

namespace reelwright::core {

/// What the system can give without swapping, in bytes; without bound where it does not say.
std::uint64_t available_memory();

}  // namespace reelwright::core
