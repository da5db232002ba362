#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reelwright::core {

/// RFC 4648: with `=` at the end.
std::string base64(std::string_view bytes);

/// RFC 4648 for URLs and names: `-` and `_`, nothing at the end.
std::string base64url(std::string_view bytes);

/// The bytes of `base64`; nothing where it is not exactly that.
std::optional<std::string> from_base64(std::string_view text);

/// The bytes of `base64url`; nothing where it is not exactly that.
std::optional<std::string> from_base64url(std::string_view text);

/// Bytes that nobody can guess. Throws `internal` where the system has none.
std::string random_bytes(std::size_t count);

}  // namespace reelwright::core
