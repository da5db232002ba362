#include "clips/selection.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "clips/candidates.h"
#include "clips/selection_request.h"
#include "clips/selection_schedule.h"
#include "clips/signals.h"
#include "language/digest.h"
#include "language/topics.h"

namespace reelwright::clips {

namespace {

constexpr double score_floor = 0.4;    // a worse clip is not worth showing
constexpr double repeat_price = 0.08;  // of one more clip from a topic
constexpr std::size_t most_alternatives = 50;
constexpr std::size_t preview_bytes = 160;

/// Sentences, cut shorter as long as no run of them fits the durations: at the last into single words.
constexpr std::size_t longest_sentences[] = {60, 16, 5, 1};

struct Scored {
  Candidate candidate;
  SignalValues signals;
  double score;
};

std::vector<std::size_t> topics_of(const std::vector<language::Sentence>& sentences,
                                   const std::string& language, const core::Context& context) {
  std::vector<language::Line> lines;
  lines.reserve(sentences.size());
  for (const auto& sentence : sentences) lines.push_back({sentence.text, sentence.span, sentence.speaker});
  std::vector<std::size_t> topic_of(sentences.size(), 0);
  for (const auto boundary : language::topic_boundaries(lines, {std::nullopt, language}, context))
    topic_of[boundary] = 1;
  std::partial_sum(topic_of.begin(), topic_of.end(), topic_of.begin());
  return topic_of;
}

std::string preview(const Talk& talk, const Candidate& candidate) {
  std::string text;
  for (auto i = candidate.first; i < candidate.end && text.size() <= preview_bytes; ++i) {
    if (!text.empty()) text += ' ';
    text += talk.sentences[i].text;
  }
  if (text.size() <= preview_bytes) return text;
  auto cut = text.rfind(' ', preview_bytes);
  if (cut == std::string::npos) {
    cut = preview_bytes;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  }
  return text.substr(0, cut) + "\u2026";
}

std::vector<Signal> reasons_of(const SignalValues& values) {
  std::vector<Signal> reasons;
  reasons.reserve(signal_count);
  for (std::size_t i = 0; i < signal_count; ++i) {
    reasons.push_back({std::string(signal_kinds[i].name), values[i], signal_kinds[i].weight});
  }
  return reasons;
}

ChosenClip describe(const Talk& talk, const Scored& scored, const language::Salience& salience,
                    std::set<std::string>& used_titles) {
  const auto& candidate = scored.candidate;
  auto digest = language::digest(talk.sentences, candidate.first, candidate.end, salience);
  const auto fresh =
      std::ranges::find_if(digest.titles, [&](const auto& title) { return !used_titles.contains(title); });
  auto title = fresh != digest.titles.end() ? *fresh : clip_title("Clip", candidate.span.start);
  used_titles.insert(title);
  return {0,
          candidate.span,
          std::move(title),
          std::move(digest.description),
          preview(talk, candidate),
          std::move(digest.keywords),
          scored.score,
          reasons_of(scored.signals)};
}

std::vector<Scored> score_all(const Talk& talk, std::vector<Candidate> candidates,
                              const language::Salience& salience, const media::Envelope& sound,
                              core::Time ideal, const core::Context& context) {
  const auto signals = measure_signals(talk, candidates, salience, sound, ideal, context);
  std::vector<Scored> all;
  all.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i)
    all.push_back({candidates[i], signals[i], score_of(signals[i])});
  return all;
}

std::vector<std::size_t> schedule(const Talk& talk, const std::vector<Scored>& all, int count) {
  std::vector<Slot> slots;
  slots.reserve(all.size());
  for (const auto& scored : all) {
    const auto [first, end, span] = scored.candidate;
    slots.push_back({first, end, talk.topic_of[first], talk.topic_of[end - 1], scored.score - score_floor});
  }
  return best_schedule(slots, static_cast<std::size_t>(count), repeat_price);
}

std::vector<Alternative> best_of(const std::vector<Scored>& all) {
  std::vector<Alternative> best;
  best.reserve(all.size());
  for (const auto& scored : all) best.push_back({scored.candidate.span, scored.score});
  std::ranges::stable_sort(best, std::greater{}, &Alternative::score);
  if (best.size() > most_alternatives) best.resize(most_alternatives);
  return best;
}

Talk talk_of(const transcript::Transcript& transcript, std::size_t longest_sentence,
             const std::string& language, const core::Context& context) {
  Talk talk{transcript.words(), language::sentences(transcript, longest_sentence), {}};
  talk.topic_of = topics_of(talk.sentences, language, context);
  return talk;
}

/// The whole of a source that is shorter than the shortest clip.
Selection whole_source(const transcript::Transcript& transcript, const media::Envelope& sound,
                       const SelectionRequest& request, const core::Context& context) {
  const auto talk = talk_of(transcript, longest_sentences[0], request.language, context);
  const language::Salience salience(talk.sentences, language::Lexer(request.language));
  const Candidate all{0, talk.sentences.size(), {core::Time{}, request.source_duration}};
  const auto scored = score_all(talk, {all}, salience, sound, request.source_duration, context);
  std::set<std::string> titles;
  Selection selection{
      {describe(talk, scored.front(), salience, titles)}, best_of(scored), {short_source(request)}};
  selection.clips.front().number = 1;
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
    talk = talk_of(transcript, longest, request.language, context);
    candidates = find_candidates(talk.sentences, talk.topic_of,
                                 {request.min_duration, request.max_duration, request.source_duration});
    if (candidates.empty()) continue;
    if (longest != longest_sentences[0]) selection.warnings.push_back(no_whole_sentence());
    break;
  }
  context.report(0.3);
  const language::Salience salience(talk.sentences, language::Lexer(request.language));
  const auto all = score_all(talk, std::move(candidates), salience, sound, ideal_duration(request), context);
  std::set<std::string> titles;
  auto chosen = schedule(talk, all, request.count);
  std::ranges::stable_sort(chosen, std::greater{}, [&](std::size_t i) { return all[i].score; });
  for (const auto i : chosen) selection.clips.push_back(describe(talk, all[i], salience, titles));
  selection.alternatives = best_of(all);
  finish(selection, request);
  context.report(1);
  return selection;
}

}  // namespace reelwright::clips
