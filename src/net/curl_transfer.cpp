#include "net/curl_transfer.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>

#include "core/error.h"
#include "net/address.h"
#include "net/url.h"

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t most_header_bytes = 64 << 10;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string lower(std::string_view text) {
  std::string copy(text);
  std::ranges::transform(copy, copy.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return copy;
}

std::optional<std::uint64_t> announced_length(const Headers& headers) {
  const std::string* text = find_header(headers, "content-length");
  std::uint64_t length = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), length).ec != std::errc{})
    return {};
  return length;
}

[[noreturn]] void throw_too_large(std::uint64_t limit) {
  throw Error(ErrorCode::too_large,
              fmt::format("The answer is larger than {} bytes, the limit here.", limit));
}

ErrorCode meaning(CURLcode result) {
  switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
      return ErrorCode::timeout;
    case CURLE_URL_MALFORMAT:
      return ErrorCode::invalid_input;
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
      return ErrorCode::internal;
    default:
      return ErrorCode::unavailable;
  }
}

std::string sentence(CURLcode result, const std::string& place) {
  switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("{} did not answer in time.", place);
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("The host of {} is not known.", place);
    case CURLE_COULDNT_CONNECT:
      return fmt::format("{} cannot be connected to.", place);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
      return fmt::format("{} has no certificate that can be trusted.", place);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
      return fmt::format("The connection to {} broke off.", place);
    case CURLE_TOO_MANY_REDIRECTS:
      return fmt::format("{} redirects too often.", place);
    default:
      return fmt::format("The exchange with {} failed: {}.", place, ::curl_easy_strerror(result));
  }
}

/// Nothing that is thrown may pass through curl.
template <typename Work>
bool guarded(std::exception_ptr& thrown, Work work) noexcept {
  try {
    return work();
  } catch (...) {
    thrown = std::current_exception();
    return false;
  }
}

}  // namespace

std::size_t CurlTransfer::header(const char* line, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const bool good = guarded(transfer.thrown_, [&] { return transfer.take_header({line, size * count}); });
  return good ? size * count : 0;
}

std::size_t CurlTransfer::bytes(const char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const bool good = guarded(transfer.thrown_, [&] { return transfer.take_bytes({bytes, size * count}); });
  return good ? size * count : CURL_WRITEFUNC_ERROR;
}

curl_socket_t CurlTransfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const bool allowed = guarded(transfer.thrown_, [&] {
    if (!transfer.public_only_ || is_public(address->addr)) return true;
    transfer.refused_address_ =
        fmt::format("{} ({})", address_text(address->addr), special_use(address->addr));
    return false;
  });
  if (!allowed) return CURL_SOCKET_BAD;
  transfer.opened_ = true;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool CurlTransfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > most_header_bytes)
    throw Error(ErrorCode::too_large, "The headers of the answer are larger than 64 KiB, the limit here.");
  if (head_told_) return true;  // trailers say nothing we need
  if (line.starts_with("HTTP/")) {
    begin_head(line);
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos)
    head_.headers.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  return true;
}

/// "HTTP/1.1 200 OK". One before, of "100 Continue" or a redirect that is followed, was not the last word.
void CurlTransfer::begin_head(std::string_view status_line) {
  head_ = {};
  opened_ = false;  // a redirect opens anew
  refused_address_.clear();
  const std::size_t space = status_line.find(' ');
  if (space == std::string_view::npos) return;
  const std::string_view number = status_line.substr(space + 1);
  std::from_chars(number.data(), number.data() + number.size(), head_.status);
}

bool CurlTransfer::tell_head() {
  head_told_ = true;
  if (receiver_.on_head) wants_more_ = receiver_.on_head(head_);
  if (wants_more_ && request_.method != "HEAD" &&
      announced_length(head_.headers).value_or(0) > request_.most_bytes)
    throw_too_large(request_.most_bytes);
  return wants_more_;
}

bool CurlTransfer::take_bytes(std::string_view bytes) {
  if (!head_told_ && !tell_head()) return false;
  body_bytes_ += bytes.size();
  if (body_bytes_ > request_.most_bytes) throw_too_large(request_.most_bytes);
  if (receiver_.on_bytes) wants_more_ = receiver_.on_bytes(bytes);
  return wants_more_;
}

HttpHead CurlTransfer::finish(CURLcode result) {
  if (thrown_) std::rethrow_exception(thrown_);
  if (result != CURLE_OK && wants_more_) throw_error(result);
  if (!head_told_) tell_head();
  return std::move(head_);
}

void CurlTransfer::throw_protocol(const std::string& place) const {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} {} an address that does not begin with {}https://, which is not called.", place,
                          head_.status == 0 ? "is" : "leads to", request_.https_only ? "" : "http:// or "));
}

void CurlTransfer::throw_error(CURLcode result) const {
  const std::string place = without_query(request_.url);
  if (!opened_ && !refused_address_.empty())
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} leads to an address that is not public, which is not called.", place),
                refused_address_);
  // After connecting it is the other side that speaks no HTTP.
  if (!opened_ && result == CURLE_UNSUPPORTED_PROTOCOL) throw_protocol(place);
  throw Error(meaning(result), sentence(result, place), error_text_.data());
}

}  // namespace reelwright::net
