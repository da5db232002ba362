#include "speech/recognition_prompt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ranges>
#include <vector>

#include "core/error.h"
#include "transcript/words.h"

namespace reelwright::speech {

namespace {

// Whisper heeds the last 224 pieces of words, about four bytes each.
constexpr std::size_t longest = 1000;

/// One space between words, none around.
std::string tidy(std::string_view text) {
  return fmt::format("{}", fmt::join(transcript::split_words(text), " "));
}

std::vector<std::string> listed(std::string_view hot_words) {
  std::vector<std::string> words;
  for (const auto& part : std::views::split(hot_words, ','))
    if (std::string word = tidy(std::string_view(part)); !word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

std::string recognition_prompt(std::string_view prompt, std::string_view hot_words) {
  std::string text = tidy(prompt);
  if (const auto words = listed(hot_words); !words.empty())
    text += fmt::format("{}{}.", text.empty() ? "" : " ", fmt::join(words, ", "));
  if (text.size() > longest)
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("TRANSCRIBER_PROMPT and HOT_WORDS together are {} bytes long; a model heeds {} at most.",
                    text.size(), longest));
  return text;
}

}  // namespace reelwright::speech
