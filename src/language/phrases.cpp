#include "language/phrases.h"

#include <algorithm>
#include <array>
#include <string>

namespace reelwright::language {

namespace {

// Sorted.
constexpr auto dangling_ends = std::to_array<std::string_view>(
    {"a",   "about", "an",   "and",    "are",  "as",    "at",   "be",    "because", "been",  "but", "by",
     "can", "could", "did",  "do",     "does", "for",   "from", "had",   "has",     "have",  "he",  "her",
     "his", "i",     "i'm",  "if",     "in",   "into",  "is",   "its",   "my",      "not",   "of",  "on",
     "or",  "our",   "she",  "should", "than", "that",  "the",  "their", "they",    "this",  "to",  "very",
     "was", "we",    "were", "what",   "when", "which", "who",  "will",  "with",    "would", "you", "your"});
constexpr auto starters =
    std::to_array<std::string_view>({"and", "because", "but", "now", "okay", "so", "then", "well", "what"});
constexpr auto leaning = std::to_array<std::string_view>(
    {"also", "and",   "because", "but",     "he",      "he's",  "her",   "him",    "his",   "it",
     "it's", "its",   "or",      "plus",    "she",     "she's", "that",  "that's", "their", "them",
     "then", "these", "they",    "they're", "they've", "this",  "those", "which",  "who"});

// Before their full stop. The data of ICU for this lacks "Dr." and has "All." and "Is.".
constexpr auto abbreviations = std::to_array<std::string_view>(
    {"capt", "col", "dr", "e.g",  "gen", "gov", "hon", "i.e", "lt", "messrs", "mr",
     "mrs",  "ms",  "mt", "prof", "rep", "rev", "sen", "sgt", "st", "vs"});

static_assert(std::ranges::is_sorted(abbreviations));
static_assert(std::ranges::is_sorted(leaning));
static_assert(std::ranges::is_sorted(dangling_ends));
static_assert(std::ranges::is_sorted(starters));

constexpr auto closers = std::to_array<std::string_view>(
    {".", "?", "!", "\u2026", "\u3002", "\uFF1F", "\uFF01", "\u0964", "\u061F"});
constexpr auto wrappers =
    std::to_array<std::string_view>({"\"", "'", ")", "]", "\u201D", "\u2019", "\u00BB"});

}  // namespace

bool ends_sentence(std::string_view word) {
  for (bool again = true; again;) {
    again = false;
    for (const auto wrapper : wrappers) {
      if (word.ends_with(wrapper)) word.remove_suffix(wrapper.size()), again = true;
    }
  }
  return std::ranges::any_of(closers, [&](std::string_view closer) { return word.ends_with(closer); });
}

std::string bare(std::string_view word) {
  const auto is_letter = [](unsigned char c) { return std::isalnum(c) || c >= 0x80; };
  const auto first = std::ranges::find_if(word, is_letter);
  auto last = word.end();
  while (last != first && !is_letter(static_cast<unsigned char>(*(last - 1)))) --last;
  std::string text(first, last);
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
  });
  return text;
}

bool is_abbreviation(std::string_view word) {
  if (!word.ends_with('.')) return false;
  const auto text = bare(word);
  return (text.size() == 1 && text != "i" && std::isalpha(static_cast<unsigned char>(text.front())) != 0) ||
         std::ranges::binary_search(abbreviations, std::string_view(text));
}

bool is_dangling_end(std::string_view word) {
  return std::ranges::binary_search(dangling_ends, std::string_view(bare(word)));
}

bool leans_on_context(std::string_view word) {
  return std::ranges::binary_search(leaning, std::string_view(bare(word)));
}

bool is_sentence_starter(std::string_view word) {
  return std::ranges::binary_search(starters, std::string_view(bare(word)));
}

}  // namespace reelwright::language
