#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace reelwright::transcript {

/// How a word's time was found.
enum class Timing {
  recognised,    ///< the recogniser heard the word there
  aligned,       ///< known text was aligned with the sound
  interpolated,  ///< spread between its neighbours: the word was not found in the sound
  given,         ///< the user brought the time with the transcript
};

std::string_view name(Timing timing);

struct Word {
  std::string text;  ///< as it is shown, with its punctuation; UTF-8, no white space
  core::Time start{};
  core::Time end{};
  double probability = 1;  ///< 0 to 1
  Timing timing = Timing::given;
};

/// A run of words by one speaker; never empty.
struct Segment {
  core::Time start{};
  core::Time end{};
  std::string speaker;  ///< empty when not known
  std::vector<Word> words;

  std::string text() const;  ///< the words joined as their script joins them (`words.h`)
};

/// Segments in order; word starts never decrease, every word has start <= end.
struct Transcript {
  std::string language = "en";  ///< BCP 47
  std::vector<Segment> segments;

  std::vector<Word> words() const;
  bool empty() const { return segments.empty(); }
};

/// The words whose middle lies in `span`, with times relative to its start and clamped to its length.
/// Segments keep their speaker; those left without a word are dropped.
Transcript cut(const Transcript& transcript, core::Span span);

/// A transcript as the user brings it: text whose times may be missing.
struct DraftWord {
  std::string text;
  std::optional<core::Span> span;
  double probability = 1;
};

struct DraftSegment {
  std::optional<core::Span> span;
  std::string speaker;
  std::vector<DraftWord> words;

  std::string text() const;
};

struct Draft {
  std::string language = "en";
  std::vector<DraftSegment> segments;

  /// Two words in three have a span, so the rest (WhisperX leaves out the times of numerals) can be spread
  /// between them; `with_given_times` does that.
  bool has_word_times() const;
};

}  // namespace reelwright::transcript
