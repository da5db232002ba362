#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "speech/ctc_vocabulary.h"
#include "speech/normalise.h"

namespace reelwright::speech {

/// How the `written` words of a language (BCP 47; empty: English) are said: lower-case letters, marks and
/// apostrophes of any script, numbers in the words of the language (Unicode CLDR's rules). What has no sound
/// gives no word, what has a hyphen gives several; a token gives at most 64 words. Any bytes will do as
/// input.
std::vector<SpokenWord> spoken_in(std::string_view language, std::span<const std::string> written);

/// The letters of `words` one after the other, the first of each marked; one that the vocabulary lacks is a
/// wildcard. `owners` tells for each token which of `words` it belongs to.
std::vector<CtcToken> spell(std::span<const SpokenWord> words, const CtcVocabulary& vocabulary,
                            std::vector<std::size_t>& owners);

}  // namespace reelwright::speech
