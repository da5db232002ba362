#include "speech/whisper_guard.h"

#include <zlib.h>

#include <algorithm>
#include <string>

#include "transcript/words.h"

namespace reelwright::speech {

namespace {

constexpr double loop_ratio = 2.4;
constexpr double unsure_below = -1.0;
constexpr double no_speech_above = 0.6;

constexpr std::size_t longest_phrase = 8;
constexpr std::size_t word_repeats = 8;
constexpr std::size_t phrase_repeats = 4;

/// How many times in a row the `length` words that end at `end` stand there.
std::size_t repeats_before(const std::vector<std::string>& words, std::size_t end, std::size_t length) {
  std::size_t times = 1;
  for (std::size_t at = end - length; at >= length; at -= length, ++times) {
    const auto phrase = words.begin() + static_cast<std::ptrdiff_t>(end - length);
    if (!std::equal(phrase, phrase + static_cast<std::ptrdiff_t>(length),
                    words.begin() + static_cast<std::ptrdiff_t>(at - length)))
      break;
  }
  return times;
}

}  // namespace

std::string Hearing::text() const {
  std::string text;
  for (const WhisperToken& token : tokens) text += token.text;
  return text;
}

double compression_ratio(std::string_view text) {
  if (text.empty()) return 0;
  uLongf size = ::compressBound(text.size());
  std::vector<Bytef> packed(size);
  const auto* bytes = reinterpret_cast<const Bytef*>(text.data());
  if (::compress(packed.data(), &size, bytes, text.size()) != Z_OK) return 0;
  return static_cast<double>(text.size()) / static_cast<double>(size);
}

bool repeats_itself(std::string_view text) {
  const std::vector<std::string> words = transcript::split_words(text);
  for (std::size_t end = 1; end <= words.size(); ++end) {
    for (std::size_t length = 1; length <= std::min(longest_phrase, end); ++length)
      if (repeats_before(words, end, length) >= (length == 1 ? word_repeats : phrase_repeats)) return true;
  }
  return false;
}

Verdict judge(const Hearing& hearing) {
  const std::string text = hearing.text();
  const bool unsure = hearing.mean_log_probability < unsure_below;
  if (unsure && hearing.no_speech_probability > no_speech_above) return Verdict::nobody_speaks;
  if (compression_ratio(text) > loop_ratio || repeats_itself(text)) return Verdict::loops;
  return unsure ? Verdict::unsure : Verdict::good;
}

}  // namespace reelwright::speech
