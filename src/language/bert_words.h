#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelwright::language {

/// How a vocabulary was made.
struct BertSpelling {
  bool lower_case = true;
  bool without_accents = true;
};

/// The words of a text (UTF-8) as BERT was trained on them (Devlin et al. 2019; its BasicTokenizer, in the
/// spelling of Hugging Face's BertNormalizer): what is unseen is dropped, each punctuation mark, ASCII symbol
/// and Chinese character is a word by itself, blanks part the others.
std::vector<std::string> bert_words(std::string_view text, const BertSpelling& spelling);

}  // namespace reelwright::language
