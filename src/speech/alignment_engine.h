#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "speech/chunker.h"
#include "speech/found_words.h"
#include "speech/normalise.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// What an aligner asks of a model of speech.
class AlignmentEngine {
 public:
  virtual ~AlignmentEngine() = default;

  /// For the record: for example `pocketsphinx-en-us`.
  virtual std::string_view name() const = 0;

  /// What to tell the user where it does not know `language` (BCP 47; empty: English).
  virtual std::optional<core::Warning> misfit(std::string_view language) const = 0;

  /// How the `written` words sound, in the letters that `recognise` and the finders use.
  virtual std::vector<SpokenWord> spoken(std::span<const std::string> written,
                                         std::string_view language) const = 0;

  /// All words that `source` holds, as `recognise_all` gives them.
  virtual std::vector<transcript::Word> recognise(Chunker::Source source, core::Time duration,
                                                  const core::Context& context) const = 0;

  /// Finds words in up to a minute of 16 kHz mono sound that begins at a time: one entry for each word,
  /// nothing for one that is not there or not where the text wants it. Throws `cancelled`.
  using Finder = std::function<FoundWords(std::span<const std::int16_t> samples, core::Time start,
                                          std::span<const SpokenWord> words, const std::stop_token& stop)>;

  /// A finder for one thread. Thread-safe. Throws `cancelled` on a stop while it is made.
  virtual Finder finder(const std::stop_token& stop) const = 0;
};

}  // namespace reelwright::speech
