#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "captions/style.h"

/// The grammar of ASS (Advanced SubStation Alpha 4+): header, colours, times, escaping.
namespace reelwright::captions {

/// Everything before the first event: a picture of this size, one `Default` style.
std::string ass_header(const Style& style, int width, int height);

/// `&HAABBGGRR` as styles have it; `opacity` 0 to 1.
std::string ass_color(std::uint32_t rgb, double opacity = 1);

/// `&HBBGGRR&` as override tags have it.
std::string ass_override_color(std::uint32_t rgb);

/// `H:MM:SS.cc`, rounded to the nearest centisecond.
std::string ass_time(core::Time time);

/// `text` so that libass draws it as it stands: braces and backslashes are no markup.
std::string ass_escape(std::string_view text);

std::string ass_event(int layer, core::Span span, std::string_view text);

}  // namespace reelwright::captions
