#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "speech/ctc_trellis.h"

namespace reelwright::speech {

/// The letters that a CTC model tells apart.
class CtcVocabulary {
 public:
  /// `json` as Hugging Face's `vocab.json`: each token with the number of its class. Throws `invalid_input`
  /// where it is something else, numbers a class twice, or has no blank (`<pad>`, `[PAD]`, `<blank>` or `-`).
  explicit CtcVocabulary(std::string_view json);

  const CtcRests& rests() const { return rests_; }

  /// One more than the greatest class.
  std::size_t classes() const { return letters_.size(); }

  /// The class of a letter, whichever case the model writes; else of the letter without its accent.
  std::optional<int> label(char32_t letter) const;

  /// The letter of a class in lower case, UTF-8; empty for what is none.
  const std::string& letter(std::size_t label) const { return letters_.at(label); }

 private:
  CtcRests rests_;
  std::map<char32_t, int> labels_;
  std::vector<std::string> letters_;
};

}  // namespace reelwright::speech
