#include "speech/heard_window.h"

#include <algorithm>

#include "speech/punctuation.h"
#include "speech/whisper_guard.h"
#include "transcript/formats.h"
#include "transcript/words.h"

namespace reelwright::speech {

using transcript::Draft;
using transcript::DraftSegment;
using transcript::DraftWord;
using transcript::Timing;

namespace {

bool is_silent(const Transcription& told, const core::Span& span) {
  const core::Time middle = (span.start + span.end) / 2;
  return std::ranges::any_of(told.segments, [&](const Transcription::Segment& segment) {
    return segment.is_silence && segment.span.contains(middle);
  });
}

double probability_at(const Transcription& told, core::Time time) {
  const auto segment = std::ranges::find_if(
      told.segments, [&](const Transcription::Segment& one) { return one.span.contains(time); });
  return segment == told.segments.end() ? 1 : segment->probability;
}

/// The words of a window, with times of the recording where the server told some.
DraftSegment drafted(const HeardWindow& heard) {
  DraftSegment segment{
      .span = heard.span(), .speaker = {}, .words = with_punctuation(heard.told.text, heard.told.words)};
  for (DraftWord& word : segment.words) {
    if (word.span) {
      word.probability = probability_at(heard.told, word.span->start);
      word.span = heard.window.at_source(heard.window.spoken_part(*word.span));
    }
    if (heard.loops) word.probability = std::min(word.probability, most_in_a_loop);
  }
  return segment;
}

/// What the server itself takes for silence is not kept.
void drop_silence(Transcription& told) {
  if (!told.segments.empty() && std::ranges::all_of(told.segments, &Transcription::Segment::is_silence))
    told.text.clear();
  if (std::erase_if(told.words,
                    [&](const Transcription::Word& word) { return is_silent(told, word.span); }) == 0)
    return;
  std::string text;  // what is left of it has lost its punctuation
  for (const Transcription::Word& word : told.words) transcript::append_word(text, word.text);
  told.text = text;
}

}  // namespace

Draft drafted(const std::vector<HeardWindow>& windows) {
  Draft draft;
  for (HeardWindow heard : windows) {
    drop_silence(heard.told);
    DraftSegment segment = drafted(heard);
    if (!segment.words.empty()) draft.segments.push_back(std::move(segment));
  }
  return draft;
}

bool is_timed(const Draft& draft) {
  return std::ranges::all_of(draft.segments, [](const DraftSegment& segment) {
    return Draft{.segments = {segment}}.has_word_times();
  });
}

std::vector<transcript::Word> recognised(const Draft& draft) {
  std::vector<transcript::Word> words = transcript::with_given_times(draft).words();
  for (transcript::Word& word : words)  // what it heard, not what a user brought
    if (word.timing == Timing::given) word.timing = Timing::recognised;
  return words;
}

}  // namespace reelwright::speech
