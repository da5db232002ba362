#include "clips/selection.h"

#include <algorithm>
#include <functional>
#include <set>

#include "clips/alternatives.h"
#include "clips/candidates.h"
#include "clips/description.h"
#include "clips/selection_request.h"
#include "clips/selection_schedule.h"

namespace reelwright::clips {

namespace {

/// Sentences, cut shorter as long as no run of them fits the durations: at the last into single words.
constexpr std::size_t longest_sentences[] = {60, 16, 5, 1};

std::vector<std::size_t> schedule(const Talk& talk, const std::vector<Scored>& all, int count) {
  std::vector<Slot> slots;
  slots.reserve(all.size());
  for (const auto& scored : all) {
    const auto [first, end, span] = scored.candidate;
    slots.push_back({first, end, talk.topic_of[first], talk.topic_of[end - 1], scored.score - score_floor});
  }
  return best_schedule(slots, static_cast<std::size_t>(count), topic_repeat_price);
}

/// Each candidate with the title that it would have by itself; the chosen have theirs already.
std::vector<Alternative> alternatives_of(const Talk& talk, const std::vector<Scored>& all,
                                         const language::Salience& salience,
                                         const std::vector<ChosenClip>& chosen) {
  std::vector<ScoredSpan> spans;
  spans.reserve(all.size());
  for (const auto& scored : all) spans.push_back({scored.candidate.span, scored.score});
  std::vector<Alternative> alternatives;
  for (const auto i : worth_showing(spans, chosen)) {
    const auto clip = std::ranges::find(chosen, all[i].candidate.span, &ChosenClip::span);
    const bool is_chosen = clip != chosen.end();
    std::set<std::string> none_used;
    alternatives.push_back(
        alternative(is_chosen ? *clip : describe(talk, all[i], salience, none_used), is_chosen));
    alternatives.back().first_topic = talk.topic_of[all[i].candidate.first];
    alternatives.back().last_topic = talk.topic_of[all[i].candidate.end - 1];
  }
  return alternatives;
}

/// The whole of a source that is shorter than the shortest clip.
Selection whole_source(const transcript::Transcript& transcript, const media::Envelope& sound,
                       const SelectionRequest& request, const core::Context& context) {
  const auto talk = talk_of(transcript, longest_sentences[0], request, context);
  const language::Salience salience(talk.sentences, language::Lexer(request.language));
  const Candidate all{0, talk.sentences.size(), {core::Time{}, request.source_duration}};
  const auto scored = score_all(talk, {all}, salience, sound, request.source_duration, context);
  std::set<std::string> titles;
  Selection selection{{describe(talk, scored.front(), salience, titles)}, {}, {short_source(request)}};
  selection.clips.front().number = 1;
  selection.alternatives = alternatives_of(talk, scored, salience, selection.clips);
  return selection;
}

}  // namespace

Selection choose_clips(const transcript::Transcript& transcript, const media::Envelope& sound,
                       const SelectionRequest& request, const core::Context& context) {
  require_possible(request);
  Selection selection;
  if (transcript.words().empty()) {
    selection.warnings.push_back(fewer_clips(request, 0));
    return selection;
  }
  if (request.source_duration < request.min_duration)
    return whole_source(transcript, sound, request, context);

  Talk talk;
  std::vector<Candidate> candidates;
  for (const auto longest : longest_sentences) {
    talk = talk_of(transcript, longest, request, context);
    candidates = find_candidates(talk.sentences, talk.topic_of,
                                 {request.min_duration, request.max_duration, request.source_duration});
    if (candidates.empty()) continue;
    if (longest != longest_sentences[0]) selection.warnings.push_back(no_whole_sentence());
    break;
  }
  context.report(0.3);
  const language::Salience salience(talk.sentences, language::Lexer(request.language));
  const auto all = score_all(talk, candidates, salience, sound, ideal_duration(request), context);
  std::set<std::string> titles;
  auto chosen = schedule(talk, all, request.count);
  std::ranges::stable_sort(chosen, std::greater{}, [&](std::size_t i) { return all[i].score; });
  for (const auto i : chosen) selection.clips.push_back(describe(talk, all[i], salience, titles));
  selection.alternatives = alternatives_of(talk, all, salience, selection.clips);
  finish(selection, request);
  context.report(1);
  return selection;
}

}  // namespace reelwright::clips
