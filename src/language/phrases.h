#pragma once

#include <string>
#include <string_view>

namespace reelwright::language {

/// Small questions about single words as they stand in a transcript (any case, with punctuation). The word
/// lists are English; in other languages the answers are `false` unless punctuation alone decides.

/// The word closes a sentence: it ends with . ? ! or the like, quotes and brackets after it aside.
bool ends_sentence(std::string_view word);

/// Its full stop ends no sentence: titles (Dr.), "e.g.", and initials (J.).
bool is_abbreviation(std::string_view word);

/// Nobody stops after it: articles, prepositions, conjunctions, auxiliaries.
bool is_dangling_end(std::string_view word);

/// Speech often begins a sentence with it: so, now, okay, and, but, well, because.
bool is_sentence_starter(std::string_view word);

/// It points back at what was said before, so that a clip that opens with it hangs in the air: it, that, he,
/// because.
bool leans_on_context(std::string_view word);

/// The word alone in lower case, without punctuation around it; ASCII letters only are lowered.
std::string bare(std::string_view word);

}  // namespace reelwright::language
