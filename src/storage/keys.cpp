#include "storage/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::storage {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t longest_key = 512;
constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_id = 64;

[[noreturn]] void refuse(std::string_view what, std::string_view text) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("\"{}\" is no {} of the store.", core::printable(text, 100), what));
}

/// Identities and extensions are put together to names and must bring nothing of their own.
bool is_plain(std::string_view text) {
  return !text.empty() && text.size() <= longest_id && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

std::string_view plain(std::string_view text) {
  if (!is_plain(text)) refuse("identity or extension", text);
  return text;
}

}  // namespace

bool is_key(std::string_view key) {
  if (key.empty() || key.size() > longest_key) return false;
  for (;;) {
    const std::size_t slash = key.find('/');
    if (!is_name(key.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    key.remove_prefix(slash + 1);
  }
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && name.front() != '.' && !name.contains('/') &&
         !name.contains('\\') && core::printable(name) == name;
}

void check_key(std::string_view key) {
  if (!is_key(key)) refuse("key", key);
}

void check_prefix(std::string_view prefix) {
  if (prefix.empty()) return;
  if (!prefix.ends_with('/') || !is_key(prefix.substr(0, prefix.size() - 1))) refuse("prefix", prefix);
}

std::string upload_key(std::string_view processing_id, std::string_view extension) {
  return fmt::format("{}{}.{}", uploads, plain(processing_id), plain(extension));
}

std::string transcript_key(std::string_view processing_id) { return upload_key(processing_id, "transcript"); }

std::string workspace_prefix(std::string_view processing_id) {
  return fmt::format("{}{}/", workspaces, plain(processing_id));
}

std::string results_prefix(std::string_view of_kind, std::string_view processing_id) {
  std::string prefix = fmt::format("{}/{}/", of_kind, plain(processing_id));
  check_prefix(prefix);
  return prefix;
}

std::string result_key(std::string_view of_kind, std::string_view processing_id, std::string_view name) {
  if (!is_name(name)) refuse("file name", name);
  std::string key = results_prefix(of_kind, processing_id).append(name);
  check_key(key);
  return key;
}

std::filesystem::path incoming_folder(const std::filesystem::path& storage_path) {
  return storage_path / "incoming";
}

}  // namespace reelwright::storage
