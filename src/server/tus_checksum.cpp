#include "server/tus_checksum.h"

#include <array>

#include "core/encoding.h"
#include "server/tus.h"

namespace reelwright::server {

TusChecksum::TusChecksum(std::string_view header) {
  if (header.empty()) return;
  const std::size_t space = header.find(' ');
  const std::string name(header.substr(0, space));
  const auto wanted =
      space == std::string_view::npos ? std::nullopt : core::from_base64(header.substr(space + 1));
  const EVP_MD* algorithm =
      name == "sha1" || name == "sha256" || name == "md5" ? EVP_get_digestbyname(name.c_str()) : nullptr;
  if (algorithm == nullptr || !wanted)
    throw TusRefusal(400, "The header Upload-Checksum must be sha1, sha256 or md5 and base64.");
  wanted_ = *wanted;
  context_.reset(EVP_MD_CTX_new());
  EVP_DigestInit_ex(context_.get(), algorithm, nullptr);
}

void TusChecksum::update(std::string_view bytes) const {
  if (context_) EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

bool TusChecksum::matches() const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
  return wanted_ == std::string_view(reinterpret_cast<const char*>(digest.data()), length);
}

}  // namespace reelwright::server
