#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::speech {

/// A word the decoder found, in frames of 10 ms from the first sample it was given.
struct DecodedWord {
  std::string text;  ///< as in the dictionary, without the number of the pronunciation
  int first_frame = 0;
  int last_frame = 0;      ///< belongs to the word
  double probability = 0;  ///< posterior in the word lattice; 1 where there is no lattice
  double fit = 0;  ///< mean log-likelihood a frame against the best state of the whole model; 0 is perfect

  bool operator==(const DecodedWord&) const = default;
};

/// PocketSphinx 5 with its US English model. What a call gives depends on its arguments (and the added words)
/// alone, never on earlier calls: the noise tracker is reset and the cepstral mean is that of the samples.
/// Takes about a second to make and about 60 MB; one thread at a time.
class Decoder {
 public:
  enum class Task {
    recognise,  ///< free text, trigram language model
    align,      ///< known words only
  };

  /// Throws `unavailable` where the model is not installed, `cancelled` on a stop while it is made.
  explicit Decoder(Task task, const std::stop_token& stop = {});
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  /// The most likely words in at most 30 s of 16 kHz mono sound; no fillers, no silences. Throws `cancelled`
  /// within a fraction of a second of a stop; the decoder is of no use afterwards.
  std::vector<DecodedWord> recognise(std::span<const std::int16_t> samples, const std::stop_token& stop);

  /// Where `words` (each one `knows`) lie in the samples, one result a word in order; nothing where they do
  /// not fit in at all. The words are taken on trust: see `fit`. Throws as `recognise`.
  std::vector<DecodedWord> align(std::span<const std::int16_t> samples, std::span<const std::string> words,
                                 const std::stop_token& stop);

  /// Whether the dictionary has `word` (lower case).
  bool knows(const std::string& word) const;

  /// Adds `word` with its phones in CMU's set, parted by spaces; false where a phone is unknown or there is
  /// none.
  bool add(const std::string& word, const std::string& phones);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::speech
