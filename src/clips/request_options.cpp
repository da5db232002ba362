#include <cmath>

#include "clips/request.h"
#include "clips/request_limits.h"
#include "transcript/words.h"

namespace reelwright::clips {

namespace {

using core::from_seconds;
using core::Time;

std::optional<Time> time_of(std::optional<double> seconds) {
  if (!seconds) return {};
  return from_seconds(*seconds);
}

/// Where a user wrote two words into one, each gets its share of the time.
void append_words(std::vector<transcript::Word>& words, const RequestWord& word) {
  const std::vector<std::string> parts = transcript::split_words(word.word);
  double length = 0;
  for (const std::string& part : parts) length += static_cast<double>(part.size());
  const Time start = from_seconds(word.start);
  const auto duration = static_cast<double>((from_seconds(word.end) - start).count());
  double before = 0;
  for (const std::string& part : parts) {
    const double after = before + static_cast<double>(part.size());
    words.push_back({.text = part,
                     .start = start + Time{std::llround(duration * before / length)},
                     .end = start + Time{std::llround(duration * after / length)}});
    before = after;
  }
}

Edit edit_of(const RequestEdit& asked) {
  Edit edit{.clip_number = asked.clip_number,
            .start = time_of(asked.start),
            .end = time_of(asked.end),
            .title = asked.title,
            .caption_style = asked.caption_style,
            .aspect_ratio = asked.aspect_ratio};
  if (asked.words) {
    edit.words.emplace();
    for (const RequestWord& word : *asked.words) append_words(*edit.words, word);
    if (asked.words_from || asked.words_to)
      edit.words_span = {from_seconds(asked.words_from.value_or(0)),
                         from_seconds(asked.words_to.value_or(latest_time))};
  }
  if (asked.crop)
    for (const RequestCrop& keyframe : *asked.crop)
      edit.crop.push_back({from_seconds(keyframe.time), keyframe.x, keyframe.y, keyframe.width});
  return edit;
}

}  // namespace

Options options_from(const Request& request, const Options& defaults) {
  require_none(faults_of(request, defaults));
  Options options = defaults;
  if (request.num_clips_requested) options.num_clips = *request.num_clips_requested;
  if (request.aspect_ratio) options.aspect_ratio = *request.aspect_ratio;
  if (request.min_duration) options.min_duration = from_seconds(*request.min_duration);
  if (request.max_duration) options.max_duration = from_seconds(*request.max_duration);
  if (request.language) options.language = *request.language;
  if (request.caption_style) options.caption_style = *request.caption_style;
  if (request.spans) {
    options.spans.clear();
    for (const RequestSpan& span : *request.spans)
      options.spans.push_back({{from_seconds(span.start), from_seconds(span.end)}, span.title.value_or("")});
  }
  if (request.keep_chosen) options.keep_chosen = *request.keep_chosen;
  if (request.edits) {
    options.edits.clear();
    for (const RequestEdit& edit : *request.edits) options.edits.push_back(edit_of(edit));
  }
  return options;
}

}  // namespace reelwright::clips
