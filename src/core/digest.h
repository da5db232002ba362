#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace reelwright::core {

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

/// The same of bytes that come in pieces. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view bytes);

  /// Of all that came; the object is not to be used afterwards.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Tells one version of a file from another without reading the whole of it: the digest of its size, the time
/// of its last change and its first and last MiB. Throws `not_found`, `forbidden` or `invalid_input` (a
/// folder).
std::string file_identity(const std::filesystem::path& file);

}  // namespace reelwright::core
