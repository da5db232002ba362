#include <algorithm>

#include "transcript/clock.h"
#include "transcript/readers.h"

namespace reelwright::transcript {

namespace {

bool is_counter(std::string_view line) {
  return !is_blank(line) && line.find_first_not_of("0123456789 \t") == std::string_view::npos;
}

// Broken times still make a time line, so that the reader can name them; prose with an arrow in it does not.
bool is_time_line(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return line.find("-->") != std::string_view::npos && std::string_view("-0123456789").contains(line[first]);
}

// The blank lines and the next cue's counter that stand between a cue's text and the next time line.
void drop_tail(Cue& cue, bool another_follows) {
  auto& lines = cue.lines;
  const bool parted = lines.size() > 1 && is_blank(lines[lines.size() - 2]);
  if (another_follows && !lines.empty() && is_counter(lines.back()) && (parted || lines.size() == 1)) {
    lines.pop_back();
  }
  while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
}

}  // namespace

bool looks_like_subrip(std::string_view text) {
  int seen = 0;
  for (const std::string_view line : split_lines(text.substr(0, 10'000))) {
    if (is_blank(line)) continue;
    if (is_time_line(line)) return true;
    if (!is_counter(line) || ++seen == 3) return false;
  }
  return false;
}

// Files in the wild lack counters and blank lines, so a cue is what stands between two time lines.
Draft read_subrip(std::string_view text) {
  std::vector<Cue> cues;
  const auto lines = split_lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_time_line(lines[i])) {
      if (!cues.empty()) drop_tail(cues.back(), true);
      cues.push_back({require_cue_times(lines[i], i), {}});
    } else if (!cues.empty()) {
      cues.back().lines.push_back(lines[i]);
    }
  }
  if (!cues.empty()) drop_tail(cues.back(), false);
  return from_cues(cues);
}

}  // namespace reelwright::transcript
