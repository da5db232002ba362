#include "speech/segments.h"

#include <algorithm>
#include <utility>

namespace reelwright::speech {

namespace {

using std::chrono::milliseconds;

constexpr core::Time long_pause = milliseconds(600);
constexpr core::Time short_pause = milliseconds(200);
constexpr core::Time long_segment = std::chrono::seconds(20);

bool breaks(const transcript::Segment& segment, const transcript::Word& next) {
  const core::Time pause = next.start - segment.end;
  return pause >= long_pause || (pause >= short_pause && next.start - segment.start >= long_segment);
}

}  // namespace

std::vector<transcript::Segment> split_at_pauses(std::vector<transcript::Word> words) {
  std::vector<transcript::Segment> segments;
  for (transcript::Word& word : words) {
    if (segments.empty() || breaks(segments.back(), word)) {
      segments.push_back({word.start, word.end, {}, {}});
    }
    segments.back().end = std::max(segments.back().end, word.end);
    segments.back().words.push_back(std::move(word));
  }
  return segments;
}

}  // namespace reelwright::speech
