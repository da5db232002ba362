#pragma once

#include <string_view>
#include <vector>

#include "speech/whisper_words.h"

namespace reelwright::speech {

/// What Whisper wrote of some sound, and how sure it was of it.
struct Hearing {
  std::vector<WhisperToken> tokens;
  double mean_log_probability = 0;   ///< a token
  double no_speech_probability = 0;  ///< that nobody speaks

  std::string text() const;
};

/// How many bytes of `text` go into one of what zlib makes of it; speech has 1.2 to 2, loops more than 2.4
/// (Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision", 4.5). 0 of no text.
double compression_ratio(std::string_view text);

/// Whether some words, one to eight of them, come over and over without a pause: eight times in a row a
/// single one, four times more of them. A short text can loop without being long enough for
/// `compression_ratio`.
bool repeats_itself(std::string_view text);

/// The probability that words of a loop have at most.
inline constexpr double most_in_a_loop = 0.1;

/// What to do with a hearing (the rules of Radford et al., 4.5, and `repeats_itself`).
enum class Verdict {
  good,
  nobody_speaks,  ///< likely no speech, and it is unsure of what it wrote
  loops,          ///< it went round in circles
  unsure,         ///< of what it wrote
};

Verdict judge(const Hearing& hearing);

}  // namespace reelwright::speech
