#include "speech/ctc_trellis.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace reelwright::speech {

namespace {

constexpr float never = -std::numeric_limits<float>::infinity();

// State 2 i + 1 is token i, state 2 i the rest before it; the last one is the rest after all.
class Trellis {
 public:
  Trellis(const Emissions& emissions, std::span<const CtcToken> tokens, const CtcRests& rests)
      : emissions_(emissions),
        tokens_(tokens),
        rests_(rests),
        states_(2 * tokens.size() + 1),
        steps_((emissions.frames() * states_ + per_byte - 1) / per_byte) {}

  std::optional<CtcAlignment> align() {
    std::vector<float> here = first_frame();
    std::vector<float> next(states_);
    for (std::size_t frame = 1; frame < emissions_.frames(); ++frame) {
      advance(frame, here, next);
      std::swap(here, next);
    }
    const std::size_t last = here[states_ - 1] >= here[states_ - 2] ? states_ - 1 : states_ - 2;
    if (here[last] == never) return std::nullopt;
    return CtcAlignment{walk_back(last), here[last]};
  }

 private:
  static constexpr std::size_t per_byte = 4;

  struct Scores {
    float blank, rest, letter;  // of this frame: `rest` between words, `letter` of any
  };

  Scores scores(std::span<const float> frame) const {
    Scores scores{frame[static_cast<std::size_t>(rests_.blank)], 0, never};
    scores.rest = scores.blank;
    if (rests_.separator)
      scores.rest = std::max(scores.rest, frame[static_cast<std::size_t>(*rests_.separator)]);
    for (int label = 0; label < static_cast<int>(frame.size()); ++label)
      if (label != rests_.blank && label != rests_.separator)
        scores.letter = std::max(scores.letter, frame[static_cast<std::size_t>(label)]);
    return scores;
  }

  float emitted(std::span<const float> frame, const Scores& of, std::size_t state) const {
    const std::size_t token = state / 2;
    if (state % 2 == 0) return token == tokens_.size() || tokens_[token].begins_word ? of.rest : of.blank;
    const int label = tokens_[token].label;
    return label == CtcToken::wildcard ? of.letter : frame[static_cast<std::size_t>(label)];
  }

  // A letter said twice needs a rest between.
  bool may_skip_rest(std::size_t state) const {
    return state % 2 == 1 && state >= 3 && tokens_[state / 2].label != tokens_[state / 2 - 1].label;
  }

  std::vector<float> first_frame() const {
    std::vector<float> here(states_, never);
    const auto frame = emissions_.frame(0);
    const Scores of = scores(frame);
    here[0] = emitted(frame, of, 0);
    here[1] = emitted(frame, of, 1);
    return here;
  }

  void advance(std::size_t at, const std::vector<float>& here, std::vector<float>& next) {
    const auto frame = emissions_.frame(at);
    const Scores of = scores(frame);
    // Only these can be reached from the start, and reach the end, in time.
    const std::size_t last = std::min(states_, 2 * at + 2);
    const std::size_t owed = 2 * (emissions_.frames() - at);
    const std::size_t first = states_ > owed ? states_ - owed : 0;
    std::ranges::fill(next, never);
    for (std::size_t state = first; state < last; ++state) {
      float best = here[state];
      unsigned step = 0;
      const auto consider = [&](unsigned back) {
        if (here[state - back] > best) best = here[state - back], step = back;
      };
      if (state >= 1) consider(1);
      if (may_skip_rest(state)) consider(2);
      next[state] = best + emitted(frame, of, state);
      set_step(at, state, step);
    }
  }

  void set_step(std::size_t frame, std::size_t state, unsigned step) {
    const std::size_t place = frame * states_ + state;
    steps_[place / per_byte] |= static_cast<std::uint8_t>(step << (2 * (place % per_byte)));
  }

  unsigned step(std::size_t frame, std::size_t state) const {
    const std::size_t place = frame * states_ + state;
    return (steps_[place / per_byte] >> (2 * (place % per_byte))) & 3U;
  }

  std::vector<TokenSpan> walk_back(std::size_t state) const {
    std::vector<TokenSpan> spans(tokens_.size());
    for (std::size_t frame = emissions_.frames(); frame-- > 0;) {
      if (state % 2 == 1) {
        TokenSpan& span = spans[state / 2];
        const auto row = emissions_.frame(frame);
        const double log_prob = emitted(row, scores(row), state);
        span.log_prob = span.end == 0 ? log_prob : std::max(span.log_prob, log_prob);
        if (span.end == 0) span.end = frame + 1;
        span.first = frame;
      }
      state -= step(frame, state);
    }
    return spans;
  }

  const Emissions& emissions_;
  std::span<const CtcToken> tokens_;
  CtcRests rests_;
  std::size_t states_;
  std::vector<std::uint8_t> steps_;  // back to the state before, two bits each
};

}  // namespace

std::optional<CtcAlignment> align_tokens(const Emissions& emissions, std::span<const CtcToken> tokens,
                                         const CtcRests& rests) {
  if (tokens.empty() || emissions.frames() < tokens.size()) return std::nullopt;
  return Trellis(emissions, tokens, rests).align();
}

}  // namespace reelwright::speech
