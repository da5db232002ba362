#include "core/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <iterator>
#include <vector>

#include "core/json.h"
#include "core/text.h"

namespace reelwright::core::log {

namespace {

struct ScopeField {
  std::string_view name;
  std::string value;
};

constexpr std::array level_names = {"debug", "info", "warning", "error"};

std::atomic<Level> least_level = Level::info;
std::atomic<Format> chosen_format = isatty(STDERR_FILENO) != 0 ? Format::pretty : Format::json;
thread_local std::vector<ScopeField> scope_fields;

std::string_view level_name(Level level) { return level_names[static_cast<std::size_t>(level)]; }

std::string json_text(std::string_view text) { return to_json(valid_utf8(text), "a line of the log"); }

struct JsonValue {
  std::string operator()(std::string_view text) const { return json_text(text); }
  std::string operator()(double number) const {
    return std::isfinite(number) ? fmt::format("{}", number) : "null";
  }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
};

struct PrettyValue {
  std::string operator()(std::string_view text) const { return printable(text); }
  std::string operator()(double number) const { return fmt::format("{:.4g}", number); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
};

std::string json_line(Level level, std::string_view event, Fields fields) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::string line =
      fmt::format(R"({{"at":"{:%FT%T}Z","level":"{}","event":{})", now, level_name(level), json_text(event));
  const auto out = std::back_inserter(line);
  for (const ScopeField& field : scope_fields)
    fmt::format_to(out, ",{}:{}", json_text(field.name), json_text(field.value));
  for (const Field& field : fields)
    fmt::format_to(out, ",{}:{}", json_text(field.name), std::visit(JsonValue{}, field.value));
  return line + "}\n";
}

std::string pretty_line(Level level, std::string_view event, Fields fields) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::string line = fmt::format("{:%T} {:7} {}", now, level_name(level), printable(event));
  const auto out = std::back_inserter(line);
  for (const Field& field : fields)
    fmt::format_to(out, "  {}={}", field.name, std::visit(PrettyValue{}, field.value));
  for (const ScopeField& field : scope_fields)
    fmt::format_to(out, "  {}={}", field.name, printable(field.value));
  return line + "\n";
}

// One call a line, so that lines of several processes do not mix. Where nobody reads there is nobody to tell.
void put(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void configure(Level least, Format format) {
  least_level = least;
  chosen_format = format;
}

void configure(std::string_view level, std::string_view format) {
  for (std::size_t i = 0; i < level_names.size(); ++i)
    if (level == level_names[i]) least_level = static_cast<Level>(i);
  if (format != "auto") chosen_format = format == "json" ? Format::json : Format::pretty;
}

bool shows(Level level) { return level >= least_level.load(std::memory_order_relaxed); }

void write(Level level, std::string_view event, Fields fields) {
  if (!shows(level)) return;
  put(chosen_format.load() == Format::json ? json_line(level, event, fields)
                                           : pretty_line(level, event, fields));
}

Scope::Scope(std::string_view name, std::string value) { scope_fields.push_back({name, std::move(value)}); }

Scope::~Scope() { scope_fields.pop_back(); }

}  // namespace reelwright::core::log
