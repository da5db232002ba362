#include "clips/description.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "clips/selection_request.h"
#include "language/digest.h"
#include "language/topics.h"

namespace reelwright::clips {

namespace {

constexpr std::size_t preview_bytes = 160;

std::vector<std::size_t> topics_of(const std::vector<language::Sentence>& sentences,
                                   const SelectionRequest& request, const core::Context& context) {
  std::vector<language::Line> lines;
  lines.reserve(sentences.size());
  for (const auto& sentence : sentences) lines.push_back({sentence.text, sentence.span, sentence.speaker});
  std::vector<std::size_t> topic_of(sentences.size(), 0);
  const language::TopicRequest topics{std::nullopt, request.language, request.topics};
  for (const auto boundary : language::topic_boundaries(lines, topics, context.silent()))
    topic_of[boundary] = 1;
  std::partial_sum(topic_of.begin(), topic_of.end(), topic_of.begin());
  return topic_of;
}

}  // namespace

Talk talk_of(const transcript::Transcript& transcript, std::size_t longest_sentence,
             const SelectionRequest& request, const core::Context& context) {
  Talk talk{transcript.words(), language::sentences(transcript, longest_sentence), {}};
  talk.topic_of = topics_of(talk.sentences, request, context);
  return talk;
}

std::vector<Scored> score_all(const Talk& talk, const std::vector<Candidate>& candidates,
                              const language::Salience& salience, const media::Envelope& sound,
                              core::Time ideal, const core::Context& context) {
  const auto signals = measure_signals(talk, candidates, salience, sound, ideal, context);
  std::vector<Scored> all;
  all.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i)
    all.push_back({candidates[i], signals[i], score_of(signals[i])});
  return all;
}

std::vector<Signal> reasons_of(const SignalValues& values) {
  std::vector<Signal> reasons;
  reasons.reserve(signal_count);
  for (std::size_t i = 0; i < signal_count; ++i) {
    reasons.push_back({std::string(signal_kinds[i].name), values[i], signal_kinds[i].weight});
  }
  return reasons;
}

std::string_view beginning(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return text;
  auto cut = text.rfind(' ', longest);
  if (cut == std::string_view::npos) {
    cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  }
  return text.substr(0, cut);
}

std::string shortened(const std::string& text) {
  if (text.size() <= preview_bytes) return text;
  return std::string(beginning(text, preview_bytes)) + "\u2026";
}

std::string preview(const Talk& talk, std::size_t first, std::size_t end) {
  std::string text;
  for (auto i = first; i < end && text.size() <= preview_bytes; ++i) {
    if (!text.empty()) text += ' ';
    text += talk.sentences[i].text;
  }
  return shortened(text);
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
          preview(talk, candidate.first, candidate.end),
          std::move(digest.keywords),
          scored.score,
          reasons_of(scored.signals)};
}

}  // namespace reelwright::clips
