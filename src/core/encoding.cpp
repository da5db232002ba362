#include "core/encoding.h"

#include <sys/random.h>

#include <algorithm>
#include <cstdint>

#include "core/error.h"

namespace reelwright::core {

namespace {

constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view for_urls = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr unsigned bits = 6;               ///< of a letter
constexpr std::size_t most_at_once = 256;  ///< that `getrandom` gives without being interrupted

std::string encode(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t held = 0;
  unsigned width = 0;
  for (const char byte : bytes) {
    held = held << 8U | static_cast<unsigned char>(byte);
    for (width += 8; width >= bits; width -= bits) text += alphabet[held >> (width - bits) & 63U];
  }
  if (width > 0) text += alphabet[held << (bits - width) & 63U];
  return text;
}

/// Letters without `=`. The last one may not carry bits that belong to no byte.
std::optional<std::string> decode(std::string_view text, std::string_view alphabet) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t held = 0;
  unsigned width = 0;
  for (const char letter : text) {
    const std::size_t value = alphabet.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    held = held << bits | static_cast<std::uint32_t>(value);
    width += bits;
    if (width < 8) continue;
    width -= 8;
    bytes += static_cast<char>(held >> width & 0xFFU);
  }
  if ((held & ((1U << width) - 1U)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text = encode(bytes, plain);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string base64url(std::string_view bytes) { return encode(bytes, for_urls); }

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return decode(text, plain);
}

std::optional<std::string> from_base64url(std::string_view text) { return decode(text, for_urls); }

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t done = 0; done < count;) {
    const ssize_t got = getrandom(bytes.data() + done, std::min(count - done, most_at_once), 0);
    if (got <= 0) throw Error(ErrorCode::internal, "The system gives no random numbers.");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace reelwright::core
