#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_client.h"

namespace reelwright::net {

/// Content-Length; nothing where it is not told.
std::optional<std::uint64_t> length_of(const HttpHead& head);

/// What `If-Range` takes: a strong ETag, else a date. Empty where the server names no version.
std::string version_of(const HttpHead& head);

/// Where the part of a 206 begins: 100 for "bytes 100-199/200".
std::optional<std::uint64_t> beginning_of_part(const HttpHead& head);

/// Whether a 416 says that the file has `size` bytes: "bytes */200".
bool says_size(const HttpHead& head, std::uint64_t size);

/// Says as an error what the status of an answer means that has not what was asked for. `place` is for the
/// message: "the URL".
[[noreturn]] void throw_status(const HttpHead& head, std::string_view place);

}  // namespace reelwright::net
