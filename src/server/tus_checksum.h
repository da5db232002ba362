#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace reelwright::server {

/// The checksum that a tus request promises for its bytes, or none.
class TusChecksum {
 public:
  /// `header` is `Upload-Checksum`: an algorithm and base64. Throws `TusRefusal`.
  explicit TusChecksum(std::string_view header);

  /// Whether one was promised.
  explicit operator bool() const { return context_ != nullptr; }

  void update(std::string_view bytes) const;

  /// Whether the bytes are those; to be asked once, where one was promised.
  bool matches() const;

 private:
  std::string wanted_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{nullptr, EVP_MD_CTX_free};
};

}  // namespace reelwright::server
