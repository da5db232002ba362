#pragma once

#include <optional>
#include <string_view>

#include "core/error.h"

namespace reelwright::core {

/// The code of that name; nothing where it is none.
std::optional<ErrorCode> error_code_named(std::string_view text);

}  // namespace reelwright::core
