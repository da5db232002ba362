#pragma once

#include <string>
#include <vector>

#include "captions/page.h"
#include "captions/style.h"

/// What each effect writes for one line of a page: override tags and text, times counted from the page's
/// start.
namespace reelwright::captions {

/// When a word counts as the spoken one: until the next word of the page begins, or, before a pause, until
/// its end.
struct Spoken {
  core::Time from{};  ///< since the page's start
  core::Time to{};
};

/// One entry a word, line by line.
std::vector<std::vector<Spoken>> spoken_times(const Page& page);

/// `\fscx\fscy` for the page's scale, growing into it over `length` (0: at once) from the share `from`.
std::string scale_tags(double scale, double from, core::Time length);

/// The line with each word recoloured while it is spoken.
std::string highlighted_line(const Line& line, const std::vector<Spoken>& spoken, const Style& style,
                             const std::string& language);

/// The line as karaoke: `\kf` from left to right, `\k` word by word where the script runs from the right.
std::string filled_line(const Line& line, const Style& style, const std::string& language);

/// The line without marks.
std::string plain_line(const Line& line, const Style& style, const std::string& language);

/// A rounded rectangle as an ASS drawing with its upper left corner at (x, y), in pixels.
std::string rounded_box(double x, double y, double width, double height, double radius, std::uint32_t rgb,
                        double opacity, const std::string& tags = {});

}  // namespace reelwright::captions
