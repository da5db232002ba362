#include "language/llama_prompt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "core/error.h"

namespace reelwright::language {

namespace {

using core::Error;
using core::ErrorCode;

// Stand in for the texts while the template is filled; no template has them.
constexpr std::string_view task_place = "@reelwright-task@";
constexpr std::string_view data_place = "@reelwright-data@";
constexpr std::string_view plain_template =
    "### Instruction:\n@reelwright-task@\n\n### Input:\n@reelwright-data@\n\n### Response:\n";
constexpr std::string_view letters_of_marks = "<>[]{}|#";

/// The model's own template with the places in it; empty where llama.cpp does not know it.
std::string filled(const std::string& chat_template) {
  const std::array messages{llama_chat_message{"system", task_place.data()},
                            llama_chat_message{"user", data_place.data()}};
  const auto apply = [&](std::string& into) {
    return ::llama_chat_apply_template(chat_template.c_str(), messages.data(), messages.size(), true,
                                       into.data(), static_cast<std::int32_t>(into.size()));
  };
  if (chat_template.empty()) return {};
  std::string text;
  const std::int32_t size = apply(text);
  if (size <= 0) return {};
  text.resize(static_cast<std::size_t>(size));
  return apply(text) == size && text.contains(task_place) && text.contains(data_place) ? text : "";
}

enum class Marks { are_marks, are_text };

void append(std::vector<llama_token>& tokens, const llama_vocab* vocabulary, std::string_view text,
            Marks marks) {
  if (text.empty()) return;
  if (text.size() > std::numeric_limits<std::int32_t>::max() / 2)
    throw Error(ErrorCode::too_large, "The question to the language model is too long.");
  std::vector<llama_token> more(text.size() + 2);  // a token is a byte at least, and there may be a space
  const std::int32_t count = ::llama_tokenize(vocabulary, text.data(), static_cast<std::int32_t>(text.size()),
                                              more.data(), static_cast<std::int32_t>(more.size()),
                                              /*add_special=*/false, marks == Marks::are_marks);
  if (count < 0) throw Error(ErrorCode::internal, "The model's vocabulary makes too many pieces of a text.");
  tokens.insert(tokens.end(), more.begin(), more.begin() + count);
}

}  // namespace

std::string without_marks(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string && c == '\\' && i + 1 < json.size()) {
      text += c;
      text += json[++i];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (in_string && letters_of_marks.contains(c))
      text += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else
      text += c;
  }
  return text;
}

std::vector<llama_token> prompt_tokens(const LlamaFile& file, std::string_view task, std::string_view data) {
  std::string frame = filled(file.chat_template());
  if (frame.empty()) frame = plain_template;
  const llama_vocab* vocabulary = file.vocabulary();
  std::vector<llama_token> tokens;
  std::string_view rest = frame;
  while (!rest.empty()) {
    const std::size_t at = std::min(rest.find(task_place), rest.find(data_place));
    append(tokens, vocabulary, rest.substr(0, at), Marks::are_marks);
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at);
    const bool is_task = rest.starts_with(task_place);
    append(tokens, vocabulary, is_task ? std::string(task) : without_marks(data), Marks::are_text);
    rest.remove_prefix(is_task ? task_place.size() : data_place.size());
  }
  const llama_token first = ::llama_vocab_bos(vocabulary);
  if (::llama_vocab_get_add_bos(vocabulary) && first >= 0 && (tokens.empty() || tokens.front() != first))
    tokens.insert(tokens.begin(), first);
  return tokens;
}

}  // namespace reelwright::language
