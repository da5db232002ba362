#include "core/code_points.h"

#include <unicode/utf8.h>

namespace reelwright::core {

std::int32_t next_code_point(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  auto i = static_cast<std::int32_t>(at);
  const auto size = static_cast<std::int32_t>(text.size());
  U8_NEXT(text.data(), i, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): how ICU's macro is written
  at = static_cast<std::size_t>(i);
  return c;
}

}  // namespace reelwright::core
