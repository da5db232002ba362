#include "transcript/encoding.h"

#include <fmt/format.h>

#include "core/code_points.h"
#include "core/error.h"
#include "transcript/json_check.h"

namespace reelwright::transcript {

namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw core::Error(core::ErrorCode::invalid_input, message);
}

}  // namespace

std::string_view require_utf8(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    refuse("The transcript is written in UTF-16; save it as UTF-8 and run it again.");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.contains('\0')) {
    refuse("The transcript is not text in UTF-8; bring WhisperX's JSON, SRT, WebVTT or plain text.");
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (core::next_code_point(text, at) < 0) {
      refuse(fmt::format("Line {} of the transcript is not UTF-8; save the file as UTF-8 and run it again.",
                         line_of(text, from)));
    }
  }
  return text;
}

}  // namespace reelwright::transcript
