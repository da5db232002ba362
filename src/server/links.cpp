#include "server/links.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>

#include "server/request.h"

namespace reelwright::server {

namespace {

std::int64_t seconds_of(core::Moment moment) {
  return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

}  // namespace

std::string Links::signature(std::string_view path, std::string_view expires) const {
  const std::string text = fmt::format("GET\n{}\n{}", path, expires);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  std::string hex;
  for (unsigned i = 0; i < length; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

std::string Links::sign(std::string_view path, core::Moment now) const {
  const std::string expires = std::to_string(seconds_of(now + life_));
  return fmt::format("{}?expires={}&signature={}", path, expires, signature(path, expires));
}

bool Links::allows(const Request& request, core::Moment now) const {
  const std::string_view expires = request.query_value("expires");
  const std::string_view given = request.query_value("signature");
  std::int64_t until = 0;
  const auto [end, error] = std::from_chars(expires.begin(), expires.end(), until);
  if (error != std::errc{} || end != expires.end() || until <= seconds_of(now)) return false;
  const std::string path(request.target.substr(0, request.target.find('?')));
  const std::string right = signature(path, expires);
  return given.size() == right.size() && CRYPTO_memcmp(given.data(), right.data(), right.size()) == 0;
}

}  // namespace reelwright::server
