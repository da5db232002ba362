#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace reelwright::speech {

/// What a CTC model says of each frame of sound: frames x classes, natural logarithms of probabilities.
struct Emissions {
  std::size_t classes = 0;
  std::vector<float> log_probs{};  ///< the classes change quickest

  std::size_t frames() const { return classes == 0 ? 0 : log_probs.size() / classes; }
  std::span<const float> frame(std::size_t at) const {
    return std::span(log_probs).subspan(at * classes, classes);
  }
};

/// The classes that are no letters.
struct CtcRests {
  int blank = 0;
  std::optional<int> separator{};  ///< stands between words
};

/// A letter that is to be found.
struct CtcToken {
  static constexpr int wildcard = -1;  ///< any letter

  int label = wildcard;      ///< a class
  bool begins_word = false;  ///< blanks and separators may come before it; before others, blanks alone
};

/// Where a token was found.
struct TokenSpan {
  std::size_t first = 0;  ///< frame
  std::size_t end = 0;    ///< one past the last frame
  double log_prob = 0;    ///< of its best frame

  bool operator==(const TokenSpan&) const = default;
};

/// The tokens of a text in its emissions, and how likely the whole way through them is.
struct CtcAlignment {
  std::vector<TokenSpan> tokens;
  double log_prob = 0;
};

/// The likeliest way of saying `tokens` in just these frames: Viterbi's algorithm over the states of
/// connectionist temporal classification (Graves et al. 2006), each letter once or longer with rests between,
/// as Bain et al. 2023 (WhisperX) align words. A wildcard is as likely as the likeliest letter. Nothing where
/// the tokens need more frames than there are. Takes frames x tokens steps and half a byte of memory for
/// each.
std::optional<CtcAlignment> align_tokens(const Emissions& emissions, std::span<const CtcToken> tokens,
                                         const CtcRests& rests);

}  // namespace reelwright::speech
