#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace reelwright::transcript {

/// A stretch of a cue's text between two word times.
struct MarkupPiece {
  std::optional<core::Time> start;  ///< of the `<00:00:01.200>` before it
  std::string text;                 ///< plain
};

struct PlainCue {
  std::string speaker;              ///< of `<v Speaker>`; empty when not known
  std::vector<MarkupPiece> pieces;  ///< at least one
};

/// The text of an SRT or WebVTT cue without its markup: tags (`<i>`, `<c.loud>`, `<font ...>`) and ASS
/// overrides
/// (`{\an8}`) go, ruby readings (`<rt>`) go with their text, word times part the pieces, entities are
/// resolved. A `<` that opens no tag stays.
PlainCue read_markup(std::string_view text);

}  // namespace reelwright::transcript
