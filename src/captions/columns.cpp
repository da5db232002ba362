#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "captions/layout.h"

namespace reelwright::captions {

double columns(std::string_view text) {
  double sum = 0;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    switch (u_charType(c)) {
      case U_NON_SPACING_MARK:
      case U_ENCLOSING_MARK:
      case U_FORMAT_CHAR:
        continue;
      default:
        break;
    }
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    sum += width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
  }
  return sum;
}

}  // namespace reelwright::captions
