#include "server/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/error.h"

namespace reelwright::server {

namespace {

constexpr std::array<std::string_view, 7> method_names = {"GET",   "HEAD",   "POST",   "PUT",
                                                          "PATCH", "DELETE", "OPTIONS"};
constexpr std::size_t most_parameters = 100;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::optional<char> byte(std::string_view digits) {
  unsigned value = 0;
  if (digits.size() != 2) return {};
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), value, 16);
  if (error != std::errc{} || end != digits.end() || value == 0) return {};
  return static_cast<char>(value);
}

}  // namespace

std::string_view name(Method method) { return method_names[static_cast<std::size_t>(method)]; }

std::optional<Method> method_named(std::string_view text) {
  const auto found = std::ranges::find(method_names, text);
  if (found == method_names.end()) return {};
  return static_cast<Method>(found - method_names.begin());
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equal_without_case(key, name)) return value;
  return {};
}

std::string_view Request::query_value(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string_view() : found->second;
}

const std::string& Request::path_value(std::string_view name) const {
  const auto found = path_values.find(name);
  if (found == path_values.end())
    throw core::Error(core::ErrorCode::internal, fmt::format("The path has no {}.", name));
  return found->second;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const auto value = byte(text.substr(i + 1, 2));
      if (!value) return {};
      decoded += *value;
      i += 2;
    } else {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) != 0 || std::string_view("-._~").contains(c)))
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", byte);
  }
  return encoded;
}

std::optional<Parameters> parse_query(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto key = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(pair.substr(std::min(pair.size(), equals + 1)), true);
    if (!key || !value || parameters.size() == most_parameters) return {};
    parameters[std::move(*key)] = std::move(*value);
  }
  return parameters;
}

}  // namespace reelwright::server
