#include <unicode/uchar.h>

#include "captions/layout.h"
#include "core/code_points.h"

namespace reelwright::captions {

double columns(std::string_view text) {
  double sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 c = core::next_code_point(text, at);
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
