#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace reelwright::language {

/// One sentence or utterance as topic segmentation sees it. `span` and `speaker` are evidence where they are
/// known.
struct Line {
  std::string text;  ///< UTF-8; may be empty
  std::optional<core::Span> span;
  std::string speaker;  ///< empty when not known
};

/// Reads either one line of plain text a Line, or, when the text opens as a JSON object does (`{` and `"`), a
/// transcript in WhisperX's shape: `{"segments":[{"start","end","text","speaker"}]}`, one segment a Line
/// (times, speaker and words may be missing). Lines and segments without text keep their place, so that
/// indices mean what the user counts. Throws `too_large` above 50 MB, `invalid_input` on text that is not
/// UTF-8, on broken JSON and when nothing is said at all.
std::vector<Line> read_lines(std::string_view text);

}  // namespace reelwright::language
