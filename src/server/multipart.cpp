#include "server/multipart.h"

#include <algorithm>
#include <cctype>

#include "core/error.h"

namespace reelwright::server {

namespace {

constexpr int most_parts = 100;
constexpr std::size_t longest_headers = 8192;
constexpr std::size_t longest_boundary = 70;  // RFC 2046

[[noreturn]] void refuse(const char* why) { throw core::Error(core::ErrorCode::invalid_input, why); }

bool starts_with_word(std::string_view text, std::string_view word) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return text.size() >= word.size() &&
         std::ranges::equal(text.substr(0, word.size()), word, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// What stands between parts. Throws where the body is no form.
std::string delimiter_of(std::string_view content_type) {
  const std::string boundary = header_parameter(content_type, "boundary");
  if (!starts_with_word(content_type, "multipart/form-data") || boundary.empty() ||
      boundary.size() > longest_boundary)
    refuse("The body must be multipart/form-data with a boundary; with curl: -F file=@talk.mp4");
  return "\r\n--" + boundary;
}

/// Reads a token or a quoted text from the beginning of `rest`.
std::string read_value(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    value = std::string(trimmed(rest.substr(0, rest.find(';'))));
    rest.remove_prefix(std::min(rest.size(), rest.find(';')));
    return value;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    // Browsers write a quote as %22 and leave backslashes of Windows paths alone, so only \" and \\ are
    // escapes.
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value += rest[i];
  }
  rest.remove_prefix(std::min(rest.size(), i + 1));
  return value;
}

PartHeader parse_headers(std::string_view lines) {
  PartHeader header;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(lines.size(), line.size() + 2));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) refuse("A part of the form has a header without a colon.");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (starts_with_word(line, "content-disposition:")) {
      header.name = header_parameter(value, "name");
      header.filename = header_parameter(value, "filename");
    } else if (starts_with_word(line, "content-type:")) {
      header.content_type = value;
    }
  }
  if (header.name.empty()) refuse("A part of the form has no name.");
  return header;
}

}  // namespace

std::string header_parameter(std::string_view value, std::string_view name) {
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t semicolon = rest.find(';');
    if (semicolon == std::string_view::npos) return {};
    rest = trimmed(rest.substr(semicolon + 1));
    const std::size_t equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos) return {};
    if (rest[equals] == ';') {
      rest.remove_prefix(equals);
      continue;
    }
    const std::string_view key = trimmed(rest.substr(0, equals));
    rest = trimmed(rest.substr(equals + 1));
    std::string read = read_value(rest);
    if (key.size() == name.size() && starts_with_word(key, name)) return read;
  }
  return {};
}

MultipartParser::MultipartParser(std::string_view content_type, Events events)
    : events_(std::move(events)),
      delimiter_(delimiter_of(content_type)),
      search_(delimiter_.cbegin(), delimiter_.cend()) {}

std::size_t MultipartParser::find_delimiter() const {
  const auto found = std::search(pending_.cbegin(), pending_.cend(), search_);
  return found == pending_.cend() ? std::string::npos : static_cast<std::size_t>(found - pending_.cbegin());
}

void MultipartParser::write(std::string_view piece) {
  if (state_ == State::epilogue) return;
  pending_ += piece;
  while (step()) {
  }
}

void MultipartParser::finish() const {
  if (state_ != State::epilogue) refuse("The form ended too early; send it again.");
}

bool MultipartParser::step() {
  switch (state_) {
    case State::preamble:
      return skip_preamble();
    case State::after_delimiter:
      return read_delimiter_end();
    case State::headers:
      return read_headers();
    case State::data:
      return read_data();
    case State::epilogue:
      break;
  }
  pending_.clear();
  return false;
}

bool MultipartParser::skip_preamble() {
  const std::size_t found = find_delimiter();
  if (found == std::string::npos) {
    if (pending_.size() > longest_headers) refuse("The form does not begin with its boundary.");
    return false;
  }
  pending_.erase(0, found + delimiter_.size());
  state_ = State::after_delimiter;
  return true;
}

bool MultipartParser::read_delimiter_end() {
  if (pending_.size() < 2) return false;
  if (pending_.starts_with("--")) {
    state_ = State::epilogue;
    return true;
  }
  const std::size_t line = pending_.find("\r\n");
  if (line == std::string::npos) {
    if (pending_.size() > longest_headers) refuse("The form's boundary is not followed by a line break.");
    return false;
  }
  if (!trimmed(std::string_view(pending_).substr(0, line)).empty())
    refuse("The form's boundary is not followed by a line break.");
  pending_.erase(0, line);  // the line break stays: headers may be none
  state_ = State::headers;
  return true;
}

bool MultipartParser::read_headers() {
  const std::size_t end = pending_.find("\r\n\r\n");
  if (std::min(end, pending_.size()) > longest_headers) refuse("A part of the form has too large headers.");
  if (end == std::string::npos) return false;
  if (++parts_ > most_parts) refuse("The form has more than 100 parts.");
  events_.part(parse_headers(std::string_view(pending_).substr(2, end < 2 ? 0 : end - 2)));
  pending_.erase(0, end + 4);
  state_ = State::data;
  return true;
}

bool MultipartParser::read_data() {
  const std::size_t found = find_delimiter();
  if (found != std::string::npos) {
    if (found > 0) events_.data(std::string_view(pending_).substr(0, found));
    events_.part_end();
    pending_.erase(0, found + delimiter_.size());
    state_ = State::after_delimiter;
    return true;
  }
  // A delimiter may have begun at the end.
  if (pending_.size() >= delimiter_.size()) {
    const std::size_t sure = pending_.size() - delimiter_.size() + 1;
    events_.data(std::string_view(pending_).substr(0, sure));
    pending_.erase(0, sure);
  }
  return false;
}

}  // namespace reelwright::server
