#include "language/stop_words.h"

#include <algorithm>
#include <array>

namespace reelwright::language {

namespace {

// Function words, auxiliaries, light verbs (say, go, get, ...), numerals, and the fillers and politenesses of
// speech. Sorted.
constexpr auto stop_words = std::to_array<std::string_view>(
    {"a",           "about",      "above",       "across",    "actually",   "after",      "again",
     "against",     "ago",        "ah",          "ain",       "all",        "almost",     "along",
     "already",     "alright",    "also",        "although",  "always",     "am",         "among",
     "amongst",     "an",         "and",         "another",   "any",        "anybody",    "anyone",
     "anything",    "anywhere",   "are",         "aren",      "around",     "as",         "at",
     "back",        "basically",  "be",          "became",    "because",    "become",     "becomes",
     "been",        "before",     "behind",      "being",     "below",      "beside",     "besides",
     "between",     "beyond",     "bit",         "both",      "but",        "by",         "ca",
     "came",        "can",        "cannot",      "come",      "comes",      "coming",     "cool",
     "could",       "couldn",     "dare",        "despite",   "did",        "didn",       "do",
     "does",        "doesn",      "doing",       "don",       "done",       "dont",       "down",
     "dr",          "during",     "each",        "eight",     "either",     "else",       "enough",
     "er",          "erm",        "essentially", "even",      "ever",       "every",      "everybody",
     "everyone",    "everything", "everywhere",  "except",    "feel",       "feels",      "felt",
     "few",         "fewer",      "first",       "five",      "for",        "four",       "from",
     "furthermore", "gave",       "get",         "gets",      "getting",    "give",       "given",
     "gives",       "giving",     "go",          "goes",      "going",      "gone",       "gonna",
     "good",        "got",        "gotta",       "gotten",    "great",      "had",        "hadn",
     "half",        "has",        "hasn",        "have",      "haven",      "having",     "he",
     "hello",       "hence",      "her",         "here",      "hers",       "herself",    "hes",
     "hey",         "hi",         "him",         "himself",   "his",        "hm",         "hmm",
     "how",         "however",    "huh",         "i",         "if",         "im",         "in",
     "inside",      "instead",    "into",        "is",        "isn",        "it",         "its",
     "itself",      "ive",        "just",        "keep",      "kept",       "kind",       "knew",
     "know",        "known",      "knows",       "last",      "later",      "least",      "less",
     "let",         "lets",       "like",        "likes",     "little",     "ll",         "look",
     "looked",      "looking",    "looks",       "lot",       "lots",       "made",       "make",
     "makes",       "making",     "many",        "may",       "maybe",      "me",         "mean",
     "means",       "meant",      "meanwhile",   "mhm",       "might",      "mine",       "mm",
     "more",        "moreover",   "most",        "mr",        "mrs",        "ms",         "much",
     "must",        "my",         "myself",      "n't",       "near",       "nearly",     "need",
     "neither",     "never",      "next",        "nice",      "nine",       "no",         "nobody",
     "none",        "nope",       "nor",         "not",       "nothing",    "now",        "nowhere",
     "of",          "off",        "often",       "oh",        "ok",         "okay",       "on",
     "once",        "one",        "ones",        "oneself",   "only",       "onto",       "or",
     "other",       "others",     "otherwise",   "ought",     "our",        "ours",       "ourselves",
     "out",         "outside",    "over",        "own",       "part",       "per",        "perhaps",
     "please",      "probably",   "put",         "puts",      "quite",      "rather",     "re",
     "really",      "right",      "said",        "same",      "saw",        "say",        "saying",
     "says",        "second",     "see",         "seeing",    "seem",       "seemed",     "seems",
     "seen",        "sees",       "seven",       "several",   "shall",      "she",        "shes",
     "should",      "shouldn",    "since",       "six",       "so",         "some",       "somebody",
     "someone",     "something",  "sometimes",   "somewhere", "soon",       "sort",       "still",
     "stuff",       "such",       "take",        "taken",     "takes",      "taking",     "tell",
     "tells",       "ten",        "than",        "thank",     "thanks",     "that",       "thats",
     "the",         "their",      "theirs",      "them",      "themselves", "then",       "there",
     "therefore",   "theres",     "these",       "they",      "thing",      "things",     "think",
     "thinking",    "thinks",     "third",       "this",      "those",      "though",     "thought",
     "three",       "through",    "throughout",  "thus",      "till",       "time",       "to",
     "today",       "told",       "too",         "took",      "toward",     "towards",    "twice",
     "two",         "uh",         "uhm",         "um",        "under",      "unless",     "until",
     "up",          "upon",       "us",          "used",      "usually",    "ve",         "very",
     "via",         "wanna",      "want",        "wanted",    "wants",      "was",        "wasn",
     "way",         "we",         "well",        "went",      "were",       "weren",      "what",
     "whatever",    "whats",      "when",        "whenever",  "where",      "whereas",    "wherever",
     "whether",     "which",      "whichever",   "while",     "who",        "whoever",    "whom",
     "whose",       "why",        "will",        "with",      "within",     "without",    "wo",
     "won",         "would",      "wouldn",      "yeah",      "yep",        "yes",        "yet",
     "you",         "your",       "youre",       "yours",     "yourself",   "yourselves", "yup"});

static_assert(std::ranges::is_sorted(stop_words));

}  // namespace

bool is_english_stop_word(std::string_view word) { return std::ranges::binary_search(stop_words, word); }

}  // namespace reelwright::language
