#include "speech/punctuation.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/code_points.h"
#include "speech/word_matching.h"
#include "transcript/words.h"

namespace reelwright::speech {

namespace {

using transcript::DraftWord;

/// The letters and digits of `text`, in lower case.
std::string bare(std::string_view text) {
  std::string letters;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 c = core::next_code_point(text, at);
    if (c < 0 || (!u_isalnum(c) && u_getCombiningClass(c) == 0)) continue;
    char bytes[U8_MAX_LENGTH];
    std::int32_t count = 0;
    U8_APPEND_UNSAFE(bytes, count, u_tolower(c));
    letters.append(bytes, static_cast<std::size_t>(count));
  }
  return letters;
}

/// For each letter of all words in a row: of which word it is.
struct Letters {
  std::string all{};
  std::vector<std::size_t> word{};

  void add(const std::string& letters, std::size_t number) {
    all += letters;
    word.resize(all.size(), number);
  }
};

void time_by_letters(std::vector<DraftWord>& words, const Letters& of_text, const Letters& of_heard,
                     const std::vector<Transcription::Word>& heard) {
  for (std::size_t i = 0; i < of_text.word.size(); ++i) {
    const core::Span& span = heard[of_heard.word[i]].span;
    auto& time = words[of_text.word[i]].span;
    time = core::Span{time ? time->start : span.start, span.end};
  }
}

void time_by_words(std::vector<DraftWord>& words, const std::vector<Transcription::Word>& heard) {
  std::vector<std::string> text_words, heard_words;
  for (const DraftWord& word : words) text_words.push_back(bare(word.text));
  for (const Transcription::Word& word : heard) heard_words.push_back(bare(word.text));
  for (const WordMatch& match : match_words(heard_words, text_words))
    words[match.text].span = heard[match.heard].span;
}

}  // namespace

std::vector<DraftWord> with_punctuation(std::string_view text,
                                        const std::vector<Transcription::Word>& words) {
  std::vector<DraftWord> result;
  Letters of_text, of_heard;
  for (std::string& word : transcript::split_words(text)) {
    of_text.add(bare(word), result.size());
    result.push_back({.text = std::move(word), .span = {}});
  }
  for (std::size_t i = 0; i < words.size(); ++i) of_heard.add(bare(words[i].text), i);
  if (of_text.all == of_heard.all)
    time_by_letters(result, of_text, of_heard, words);
  else
    time_by_words(result, words);
  return result;
}

}  // namespace reelwright::speech
