#include "jobs/webhook_signature.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/encoding.h"
#include "core/error.h"

namespace reelwright::jobs {

namespace {

constexpr std::string_view prefix = "whsec_";

std::string key_of(std::string_view secret) {
  const auto key =
      secret.starts_with(prefix) ? core::from_base64(secret.substr(prefix.size())) : std::nullopt;
  if (!key) throw core::Error(core::ErrorCode::internal, "A webhook secret is not whsec_ and base64.");
  return *key;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned length = 0;
  if (::HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(),
             &length) == nullptr)
    throw core::Error(core::ErrorCode::internal, "OpenSSL cannot compute HMAC-SHA256.");
  return {reinterpret_cast<const char*>(code.data()), length};
}

}  // namespace

std::string sign_webhook(const std::vector<std::string>& secrets, std::string_view id, std::int64_t timestamp,
                         std::string_view body) {
  const std::string text = fmt::format("{}.{}.{}", id, timestamp, body);
  std::string signatures;
  for (const std::string& secret : secrets) {
    if (!signatures.empty()) signatures += ' ';
    signatures += "v1," + core::base64(hmac_sha256(key_of(secret), text));
  }
  return signatures;
}

}  // namespace reelwright::jobs
