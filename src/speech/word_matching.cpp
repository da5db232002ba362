#include "speech/word_matching.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace reelwright::speech {

namespace {

using WordId = std::uint32_t;
using Ids = std::span<const WordId>;

constexpr std::size_t most_cells = 4'000'000;  // of one dynamic program
constexpr std::size_t enough_letters = 9;      // of a run that is no chance
constexpr std::size_t long_word = 7;

struct Block {
  std::size_t heard;
  std::size_t heard_end;
  std::size_t text;
  std::size_t text_end;
};

class Matcher {
 public:
  Matcher(Ids heard, Ids text, std::vector<std::size_t> letters)
      : heard_(heard), text_(text), letters_(std::move(letters)) {}

  std::vector<WordMatch> match() {
    work({0, heard_.size(), 0, text_.size()});
    std::ranges::sort(matches_, {}, &WordMatch::text);
    return std::move(matches_);
  }

 private:
  void work(Block whole);
  std::vector<WordMatch> unique_runs(const Block& block, std::size_t length) const;
  void align(const Block& block);
  int gain(WordId word) const { return letters_[word] >= 4 ? 3 : 1; }

  Ids heard_;
  Ids text_;
  std::vector<std::size_t> letters_;  ///< of each word by its id
  std::vector<WordMatch> matches_;
};

struct RunHash {
  std::size_t operator()(const std::vector<WordId>& run) const {
    std::size_t hash = run.size();
    for (const WordId word : run) hash = hash * 1'000'003U + word;
    return hash;
  }
};

constexpr std::size_t several = SIZE_MAX;

// Where each run of `length` words begins in `words`; `several` where it occurs more than once.
std::unordered_map<std::vector<WordId>, std::size_t, RunHash> places(Ids words, std::size_t length) {
  std::unordered_map<std::vector<WordId>, std::size_t, RunHash> found;
  for (std::size_t i = 0; i + length <= words.size(); ++i) {
    const auto run = words.subspan(i, length);
    const auto [entry, is_new] = found.try_emplace({run.begin(), run.end()}, i);
    if (!is_new) entry->second = several;
  }
  return found;
}

// The longest chain of pairs, sorted by text, whose heard positions rise (patience sorting).
std::vector<WordMatch> longest_rising(const std::vector<WordMatch>& pairs) {
  std::vector<std::size_t> tops;
  std::vector<std::optional<std::size_t>> before(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto place =
        std::ranges::lower_bound(tops, pairs[i].heard, {}, [&](std::size_t top) { return pairs[top].heard; });
    if (place != tops.begin()) before[i] = *std::prev(place);
    if (place == tops.end()) {
      tops.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<WordMatch> chain;
  for (std::optional<std::size_t> at = tops.empty() ? std::nullopt : std::optional(tops.back()); at;
       at = before[*at]) {
    chain.push_back(pairs[*at]);
  }
  std::ranges::reverse(chain);
  return chain;
}

std::vector<WordMatch> Matcher::unique_runs(const Block& block, std::size_t length) const {
  const auto heard = places(heard_.subspan(block.heard, block.heard_end - block.heard), length);
  const auto text = places(text_.subspan(block.text, block.text_end - block.text), length);
  std::vector<WordMatch> pairs;
  for (const auto& [run, place] : text) {
    if (place == several) continue;
    const auto other = heard.find(run);
    if (other == heard.end() || other->second == several) continue;
    if (length == 1 && letters_[run.front()] < long_word) continue;
    pairs.push_back({block.heard + other->second, block.text + place});
  }
  std::ranges::sort(pairs, {}, &WordMatch::text);
  return longest_rising(pairs);
}

void Matcher::work(Block whole) {
  std::vector<Block> todo = {whole};
  while (!todo.empty()) {
    const Block block = todo.back();
    todo.pop_back();
    const std::size_t heard = block.heard_end - block.heard;
    const std::size_t text = block.text_end - block.text;
    if (heard == 0 || text == 0) continue;
    if (text <= most_cells / heard) {
      align(block);
      continue;
    }
    for (std::size_t length = 4; length > 0; --length) {
      const auto chain = unique_runs(block, length);
      if (chain.empty()) continue;
      Block rest = block;
      for (const WordMatch& pair : chain) {
        matches_.push_back(pair);
        todo.push_back({rest.heard, pair.heard, rest.text, pair.text});
        rest.heard = pair.heard + 1;
        rest.text = pair.text + 1;
      }
      todo.push_back(rest);
      break;
    }
    // Where nothing is unique, nothing can be told apart: the block stays unmatched.
  }
}

void Matcher::align(const Block& block) {
  enum Step : std::uint8_t { diagonal, skip_heard, skip_text };
  const std::size_t rows = block.heard_end - block.heard;
  const std::size_t columns = block.text_end - block.text;
  std::vector<Step> steps((rows + 1) * (columns + 1), skip_text);
  std::vector<int> above(columns + 1);
  std::vector<int> here(columns + 1);
  for (std::size_t j = 1; j <= columns; ++j) above[j] = -static_cast<int>(j);
  for (std::size_t i = 1; i <= rows; ++i) {
    here[0] = -static_cast<int>(i);
    steps[i * (columns + 1)] = skip_heard;
    for (std::size_t j = 1; j <= columns; ++j) {
      const WordId word = heard_[block.heard + i - 1];
      const bool same = word == text_[block.text + j - 1];
      const int through = above[j - 1] + (same ? gain(word) : -1);
      const int best = std::max({through, above[j] - 1, here[j - 1] - 1});
      here[j] = best;
      steps[i * (columns + 1) + j] = best == through        ? diagonal
                                     : best == above[j] - 1 ? skip_heard
                                                            : skip_text;
    }
    std::swap(above, here);
  }
  for (std::size_t i = rows, j = columns; i > 0 && j > 0;) {
    const Step step = steps[i * (columns + 1) + j];
    if (step == diagonal && heard_[block.heard + i - 1] == text_[block.text + j - 1]) {
      matches_.push_back({block.heard + i - 1, block.text + j - 1});
    }
    i -= step != skip_text ? 1 : 0;
    j -= step != skip_heard ? 1 : 0;
  }
}

// Numbers words so that equal ones are equal numbers; the same for both texts.
class Numbering {
 public:
  std::vector<WordId> number(std::span<const std::string> words) {
    std::vector<WordId> ids;
    for (const std::string& word : words) {
      const auto [entry, is_new] = ids_.try_emplace(word, static_cast<WordId>(ids_.size()));
      if (is_new) letters_.push_back(word.size());
      ids.push_back(entry->second);
    }
    return ids;
  }
  const std::vector<std::size_t>& letters() const { return letters_; }

 private:
  std::unordered_map<std::string_view, WordId> ids_;
  std::vector<std::size_t> letters_;
};

std::vector<WordMatch> without_chance(const std::vector<WordMatch>& matches,
                                      std::span<const std::string> text) {
  std::vector<WordMatch> kept;
  for (std::size_t begin = 0; begin < matches.size();) {
    std::size_t end = begin + 1;
    std::size_t letters = text[matches[begin].text].size();
    while (end < matches.size() && matches[end].text == matches[end - 1].text + 1 &&
           matches[end].heard == matches[end - 1].heard + 1) {
      letters += text[matches[end++].text].size();
    }
    if (letters >= enough_letters || (end - begin == 1 && letters >= long_word)) {
      kept.insert(kept.end(), matches.begin() + static_cast<std::ptrdiff_t>(begin),
                  matches.begin() + static_cast<std::ptrdiff_t>(end));
    }
    begin = end;
  }
  return kept;
}

}  // namespace

std::vector<WordMatch> match_words(std::span<const std::string> heard, std::span<const std::string> text) {
  Numbering numbering;
  const auto heard_ids = numbering.number(heard);
  const auto text_ids = numbering.number(text);
  return without_chance(Matcher(heard_ids, text_ids, numbering.letters()).match(), text);
}

}  // namespace reelwright::speech
