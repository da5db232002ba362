#include "core/error_name.h"

namespace reelwright::core {

std::optional<ErrorCode> error_code_named(std::string_view text) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
    if (name(static_cast<ErrorCode>(code)) == text) return static_cast<ErrorCode>(code);
  return {};
}

}  // namespace reelwright::core
