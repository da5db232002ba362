#pragma once

#include <string>

namespace reelwright::speech {

/// How flite's letter-to-sound rules (trained on CMUdict; Black, Lenzo, Pagel 1998) say a word of lower-case
/// letters and apostrophes: phones of CMU's set without stress, parted by spaces; empty where they find none.
/// Thread-safe.
std::string guess_phones(const std::string& word);

}  // namespace reelwright::speech
