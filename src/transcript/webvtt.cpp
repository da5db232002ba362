#include <algorithm>

#include "transcript/clock.h"
#include "transcript/readers.h"

namespace reelwright::transcript {

namespace {

constexpr std::string_view magic = "WEBVTT";

bool has_arrow(std::string_view line) { return line.find("-->") != std::string_view::npos; }

}  // namespace

bool looks_like_webvtt(std::string_view text) {
  return text.starts_with(magic) &&
         (text.size() == magic.size() || std::string_view(" \t\r\n").contains(text[magic.size()]));
}

// Blocks are parted by empty lines (W3C WebVTT, 2019). One whose first or second line is a time line is a
// cue; all others (the header, NOTE, STYLE, REGION) show nothing.
Draft read_webvtt(std::string_view text) {
  std::vector<Cue> cues;
  const auto lines = split_lines(text);
  for (std::size_t i = 0; i < lines.size();) {
    const auto block_end =
        static_cast<std::size_t>(std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.end(),
                                              [](std::string_view line) { return line.empty(); }) -
                                 lines.begin());
    std::size_t times = i;
    while (times < std::min(i + 2, block_end) && !has_arrow(lines[times])) ++times;
    if (times < std::min(i + 2, block_end) && !lines[i].starts_with("NOTE")) {
      Cue cue{require_cue_times(lines[times], times), {}};
      cue.lines.assign(lines.begin() + static_cast<std::ptrdiff_t>(times) + 1,
                       lines.begin() + static_cast<std::ptrdiff_t>(block_end));
      cues.push_back(std::move(cue));
    }
    i = block_end + 1;
  }
  return from_cues(cues);
}

}  // namespace reelwright::transcript
