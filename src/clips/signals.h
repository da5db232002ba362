#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "clips/candidates.h"
#include "core/context.h"
#include "language/salience.h"
#include "language/sentences.h"
#include "media/envelope.h"
#include "transcript/transcript.h"

namespace reelwright::clips {

/// A signal's name and how much it weighs; the weights sum to 1. Set by judgement (what makes a clip worth
/// sharing, in the order that editors name), not fitted: there is no data of chosen clips to fit them to.
struct SignalKind {
  std::string_view name;
  double weight;
};

inline constexpr std::size_t signal_count = 12;

inline constexpr std::array<SignalKind, signal_count> signal_kinds{{
    {"starts_topic", 0.12},  // a topic begins here, or at least a pause or a change of speaker comes before
    {"stands_alone", 0.13},  // the opening does not lean on what was said before
    {"hook", 0.13},       // the opening has a question, a number, a contrast, a superlative, a "you", a story
    {"complete", 0.14},   // ends with a sentence, better with a topic, with a pause
    {"one_topic", 0.08},  // share of the time that its main topic has
    {"dense", 0.08},      // content words a second, times their variety; rank among the candidates
    {"focused", 0.06},    // how much its own words predict one another better than the talk's do; rank
    {"energy", 0.07},     // loud and varied; rank
    {"ends_on_fall", 0.04},  // the voice falls at the end and a pause follows
    {"length", 0.05},        // near the geometric mean of the durations allowed
    {"fluent", 0.07},        // without long pauses
    {"confidence", 0.03},    // mean probability of the words
}};

using SignalValues = std::array<double, signal_count>;  ///< each 0 to 1, in the order of `signal_kinds`

/// What is known of the talk, as the signals see it. All of one length but `words`.
struct Talk {
  std::vector<transcript::Word> words;
  std::vector<language::Sentence> sentences;
  std::vector<std::size_t> topic_of;  ///< of each sentence, from 0, never decreasing
};

/// The signals of each candidate; `ideal` is the duration that is best. An empty envelope makes what needs it
/// 0.5. Throws `cancelled`.
std::vector<SignalValues> measure_signals(const Talk& talk, const std::vector<Candidate>& candidates,
                                          const language::Salience& salience, const media::Envelope& sound,
                                          core::Time ideal, const core::Context& context);

/// The sum of value times weight.
double score_of(const SignalValues& values);

}  // namespace reelwright::clips
