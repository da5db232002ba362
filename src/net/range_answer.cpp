#include "net/range_answer.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "core/error.h"
#include "net/url.h"

namespace reelwright::net {

using core::Error;
using core::ErrorCode;

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::string header(const HttpHead& head, std::string_view name) {
  const std::string* value = find_header(head.headers, name);
  return value ? *value : "";
}

}  // namespace

std::optional<std::uint64_t> length_of(const HttpHead& head) {
  return number(header(head, "content-length"));
}

std::string version_of(const HttpHead& head) {
  const std::string etag = header(head, "etag");
  return etag.starts_with('"') ? etag : header(head, "last-modified");
}

std::optional<std::uint64_t> beginning_of_part(const HttpHead& head) {
  const std::string range = header(head, "content-range");
  const std::size_t dash = range.find('-');
  if (!range.starts_with("bytes ") || dash == std::string::npos) return {};
  return number(std::string_view(range).substr(6, dash - 6));
}

void throw_status(const HttpHead& head, std::string_view place) {
  const int status = head.status;
  if (status == 404 || status == 410)
    throw Error(ErrorCode::not_found,
                fmt::format("The server of {} says that there is nothing ({}).", place, status));
  if (status == 401 || status == 403 || status == 407)
    throw Error(ErrorCode::invalid_input,
                fmt::format("The server of {} does not give it to everybody ({}).", place, status));
  if (status >= 300 && status < 400)
    throw Error(ErrorCode::invalid_input,
                fmt::format("The server of {} leads on to {}, which is not followed; give the last address.",
                            place, without_query(header(head, "location"))));
  if (status == 408 || status == 425 || status == 429 || status >= 500)
    throw Error(ErrorCode::unavailable,
                fmt::format("The server of {} cannot serve it just now ({}).", place, status));
  throw Error(ErrorCode::invalid_input,
              fmt::format("The server of {} refuses the request ({}).", place, status));
}

bool says_size(const HttpHead& head, std::uint64_t size) {
  return header(head, "content-range") == fmt::format("bytes */{}", size);
}

}  // namespace reelwright::net
