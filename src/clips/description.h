#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "clips/selection.h"
#include "clips/signals.h"

namespace reelwright::clips {

/// Telling of a span of a talk in words and numbers: what both the choice of clips and spans of the user's
/// own need.

struct Scored {
  Candidate candidate;
  SignalValues signals;
  double score;
};

/// `longest_sentence`: sentences of more words are parted.
Talk talk_of(const transcript::Transcript& transcript, std::size_t longest_sentence,
             const SelectionRequest& request, const core::Context& context);

/// In the order of the candidates. Throws `cancelled`.
std::vector<Scored> score_all(const Talk& talk, const std::vector<Candidate>& candidates,
                              const language::Salience& salience, const media::Envelope& sound,
                              core::Time ideal, const core::Context& context);

std::vector<Signal> reasons_of(const SignalValues& values);

/// At most the first `longest` bytes of a text, cut at a space where there is one, never within a character.
std::string_view beginning(std::string_view text, std::size_t longest);

/// The first 160 bytes of a text, cut at a space, with an ellipsis.
std::string shortened(const std::string& text);

/// The beginning of what is said in sentences [first, end).
std::string preview(const Talk& talk, std::size_t first, std::size_t end);

/// Not numbered yet. The title is one that does not stand in `used_titles`, which it joins.
ChosenClip describe(const Talk& talk, const Scored& scored, const language::Salience& salience,
                    std::set<std::string>& used_titles);

}  // namespace reelwright::clips
