#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/time.h"
#include "speech/normalise.h"

namespace reelwright::speech {

/// A spoken word of the text that was heard at some time.
struct Anchor {
  std::size_t word = 0;
  core::Time start{};
  core::Time end{};
};

/// Words of the text, by index, that are to be looked for in a stretch of the sound.
struct Piece {
  std::size_t first = 0;
  std::size_t end = 0;  ///< one past the last
  core::Span span;

  bool operator==(const Piece&) const = default;
};

/// About how long words take to say.
core::Time expected_length(std::span<const SpokenWord> words);

/// Parts a text between anchors (in order, rising in words and times) into pieces of some seconds, a minute
/// at most, which come in order and do not share words. Where the sound between two anchors is far too short
/// for the words between them, these were not said and belong to no piece; where it is far too long, the
/// sound is left out instead. Without anchors a sound of up to a minute is one piece, if the text fits it at
/// all.
std::vector<Piece> plan_between_anchors(std::span<const SpokenWord> words, std::span<const Anchor> anchors,
                                        core::Time duration);

/// As `plan_between_anchors`, for a text whose cues say where its words are said, give or take half a second:
/// `cues` has the time of each word's cue. Cues that follow each other closely share a piece.
std::vector<Piece> plan_by_cues(std::span<const core::Span> cues, core::Time duration);

/// Without the anchors that stand alone in text that was otherwise not heard: chance, not speech.
std::vector<Anchor> without_lonely(std::span<const Anchor> anchors);

}  // namespace reelwright::speech
