#include <algorithm>

#include "captions/formats.h"
#include "core/json.h"
#include "transcript/words.h"

namespace reelwright::captions {

struct RemotionCaption {
  std::string text;
  std::int64_t startMs, endMs, timestampMs;
  double confidence;
};

namespace {

std::int64_t ms(core::Time time) { return std::chrono::round<std::chrono::milliseconds>(time).count(); }

}  // namespace

std::string to_remotion_json(const transcript::Transcript& transcript) {
  std::vector<RemotionCaption> captions;
  std::string before;
  for (const transcript::Word& word : transcript.words()) {
    const std::string space = transcript::space_between(before, word.text) ? " " : "";
    const double probability = word.probability >= 0 ? std::min(word.probability, 1.0) : 0;
    captions.push_back({space + word.text, ms(word.start), ms(word.end),
                        ms(word.start + (word.end - word.start) / 2), std::round(probability * 1000) / 1000});
    before = word.text;
  }
  return core::to_json(captions, "the captions");
}

}  // namespace reelwright::captions
