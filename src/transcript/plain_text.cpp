#include "transcript/readers.h"
#include "transcript/words.h"

namespace reelwright::transcript {

Draft read_plain_text(std::string_view text) {
  Draft draft;
  bool begin_segment = true;
  for (const std::string_view line : split_lines(text)) {
    if (is_blank(line)) {
      begin_segment = true;
      continue;
    }
    if (begin_segment) draft.segments.emplace_back();
    begin_segment = false;
    for (std::string& word : split_words(line))
      draft.segments.back().words.push_back({std::move(word), {}, 1});
  }
  return draft;
}

}  // namespace reelwright::transcript
