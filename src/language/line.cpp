#include "language/line.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <glaze/glaze.hpp>

#include "core/error.h"

namespace reelwright::language {

// As they stand in the file. Named, not in an unnamed namespace: glaze reflects them.
struct JsonSegment {
  std::optional<double> start;
  std::optional<double> end;
  std::optional<std::string> text;
  std::optional<std::string> speaker;
};

struct JsonTranscript {
  std::vector<JsonSegment> segments;
};

namespace {

constexpr std::size_t byte_limit = 50'000'000;

[[noreturn]] void refuse(const std::string& message) {
  throw core::Error(core::ErrorCode::invalid_input, message);
}

void require_utf8(std::string_view text) {
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t begin = at;
    UChar32 character = 0;
    // NOLINTNEXTLINE(bugprone-inc-dec-in-conditions): inside of ICU's macro
    U8_NEXT(text.data(), at, length, character);
    if (character >= 0) continue;
    const auto line = 1 + std::count(text.begin(), text.begin() + begin, '\n');
    refuse(fmt::format("Line {} is not UTF-8; save the text as UTF-8 and try again.", line));
  }
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

/// An object with a key, or an empty one; transcripts of meetings have lines that open with a remark,
/// `{laughs}`.
bool looks_like_json(std::string_view text) {
  constexpr std::string_view white = " \t\r\n\v\f";
  const auto brace = text.find_first_not_of(white);
  if (brace == std::string_view::npos || text[brace] != '{') return false;
  const auto next = text.find_first_not_of(white, brace + 1);
  return next == std::string_view::npos || text[next] == '"' || text[next] == '}';
}

std::vector<Line> from_plain_text(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({std::string(line), std::nullopt, {}});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::optional<core::Span> span_of(const JsonSegment& segment) {
  constexpr double longest = 1e7;  // seconds; keeps a wild number inside core::Time
  if (!segment.start || !segment.end || !(std::abs(*segment.start) < longest) ||
      !(std::abs(*segment.end) < longest)) {
    return std::nullopt;
  }
  return core::Span{core::from_seconds(*segment.start), core::from_seconds(*segment.end)};
}

std::vector<Line> from_json(std::string_view text) {
  const std::string terminated(text);  // glaze wants a terminating zero
  JsonTranscript read;
  constexpr glz::opts lenient{.error_on_unknown_keys = false};
  if (const auto error = glz::read<lenient>(read, terminated)) {
    throw core::Error(core::ErrorCode::invalid_input,
                      "This is not a transcript in WhisperX's shape; expected JSON like "
                      "{\"segments\": [{\"start\": 0.5, \"end\": 2.0, \"text\": \"Hello.\"}]}.",
                      glz::format_error(error, terminated));
  }
  std::vector<Line> lines;
  lines.reserve(read.segments.size());
  for (auto& segment : read.segments) {
    lines.push_back(
        {std::move(segment.text).value_or(""), span_of(segment), std::move(segment.speaker).value_or("")});
  }
  return lines;
}

}  // namespace

std::vector<Line> read_lines(std::string_view text) {
  if (text.size() > byte_limit) {
    throw core::Error(core::ErrorCode::too_large,
                      "The text is over 50 MB; split it and run each part on its own.");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  require_utf8(text);
  auto lines = looks_like_json(text) ? from_json(text) : from_plain_text(text);
  if (std::ranges::all_of(lines, [](const Line& line) { return blank(line.text); })) {
    refuse("There is no text to divide; give one sentence a line, or a transcript as WhisperX JSON.");
  }
  return lines;
}

}  // namespace reelwright::language
