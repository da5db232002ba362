#pragma once

#include <string>
#include <vector>

#include "core/time.h"

namespace reelwright::captions {

/// A word, or a part of one too long for a line, as it stands on a page.
struct PageWord {
  std::string text;  ///< as in the transcript; a style may show it in capitals
  core::Time start{};
  core::Time end{};
  bool space_before = true;  ///< a space parts it from the word before it, also across lines
};

struct Line {
  std::vector<PageWord> words;

  std::string text() const;
};

/// What is on screen at one time. Pages do not overlap, and their words' times never decrease.
struct Page {
  core::Span span;
  std::string speaker;  ///< empty when not known
  std::vector<Line> lines;
  double scale = 1;     ///< of the type: below 1 where a long word was shrunk into the line
  double center_y = 0;  ///< of the block of lines, output pixels; set by `place_captions`

  std::string text() const;  ///< the lines joined as running text
};

}  // namespace reelwright::captions
