#include "clips/own_spans.h"

#include <algorithm>
#include <optional>
#include <set>

#include "clips/candidates.h"
#include "clips/description.h"
#include "clips/selection_request.h"
#include "transcript/words.h"

namespace reelwright::clips {

namespace {

using core::Span;
using core::Time;

constexpr std::size_t longest_sentence = 60;

Time common(const Span& a, const Span& b) {
  return std::max(Time{}, std::min(a.end, b.end) - std::max(a.start, b.start));
}

/// The sentences that are said mostly within a span; else the one of which most is. None where there is no
/// word.
std::optional<Candidate> sentences_in(const Talk& talk, const Span& span) {
  const auto& sentences = talk.sentences;
  const auto within = [&](const language::Sentence& sentence) {
    return common(sentence.span, span) * 2 >= sentence.span.duration() &&
           common(sentence.span, span) > Time{};
  };
  const auto first = std::ranges::find_if(sentences, within);
  if (first != sentences.end()) {
    const auto end = std::find_if_not(first, sentences.end(), within);
    return Candidate{static_cast<std::size_t>(first - sentences.begin()),
                     static_cast<std::size_t>(end - sentences.begin()), span};
  }
  const auto most = std::ranges::max_element(
      sentences, {}, [&](const language::Sentence& sentence) { return common(sentence.span, span); });
  if (most == sentences.end() || common(most->span, span) == Time{}) return {};
  const auto index = static_cast<std::size_t>(most - sentences.begin());
  return Candidate{index, index + 1, span};
}

ChosenClip silent(const Span& span) {
  return {.number = 0,
          .span = span,
          .title = clip_title("Clip", span.start),
          .description = {},
          .text_preview = {},
          .keywords = {},
          .score = 0,
          .reasons = {}};
}

}  // namespace

std::string text_in(const transcript::Transcript& transcript, Span span) {
  std::string text;
  for (const transcript::Word& word : transcript::cut(transcript, span).words())
    transcript::append_word(text, word.text);
  return text;
}

std::string said_in(const transcript::Transcript& transcript, Span span) {
  return shortened(text_in(transcript, span));
}

std::vector<ChosenClip> describe_spans(const transcript::Transcript& transcript, const media::Envelope& sound,
                                       const SelectionRequest& request, const std::vector<Span>& spans,
                                       const core::Context& context) {
  std::vector<ChosenClip> described;
  described.reserve(spans.size());
  for (const Span& span : spans) described.push_back(silent(span));
  if (transcript.words().empty()) return described;
  const Talk talk = talk_of(transcript, longest_sentence, request, context);
  std::vector<Candidate> candidates = find_candidates(
      talk.sentences, talk.topic_of, {request.min_duration, request.max_duration, request.source_duration});
  std::vector<std::size_t> place(spans.size(), SIZE_MAX);  // of each span among the candidates
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto own = sentences_in(talk, spans[i]);
    if (!own) continue;
    place[i] = candidates.size();
    candidates.push_back(*own);
  }
  const language::Salience salience(talk.sentences, language::Lexer(request.language));
  const auto scored = score_all(talk, candidates, salience, sound, ideal_duration(request), context);
  std::set<std::string> titles;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (place[i] == SIZE_MAX) continue;
    described[i] = describe(talk, scored[place[i]], salience, titles);
    described[i].text_preview = said_in(transcript, spans[i]);
  }
  return described;
}

}  // namespace reelwright::clips
