#pragma once

// Inside `net/` only.

#include <curl/curl.h>

#include <array>
#include <exception>

#include "net/http_client.h"

namespace reelwright::net {

/// What comes back of one request, and what it comes to in the end. curl calls the static functions with
/// `self`.
class CurlTransfer {
 public:
  /// The request and the receiver outlive it.
  CurlTransfer(const HttpRequest& request, const HttpReceiver& receiver, bool public_only)
      : request_(request), receiver_(receiver), public_only_(public_only) {}

  static std::size_t header(const char* line, std::size_t size, std::size_t count, void* self);
  static std::size_t bytes(const char* bytes, std::size_t size, std::size_t count, void* self);
  /// Here the address is decided on, after all resolving: the one that is checked is the one that is
  /// connected to.
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  char* error_text() { return error_text_.data(); }

  /// The head, or what went wrong.
  HttpHead finish(CURLcode result);

 private:
  bool take_header(std::string_view line);
  bool take_bytes(std::string_view bytes);
  void begin_head(std::string_view status_line);
  bool tell_head();
  [[noreturn]] void throw_error(CURLcode result) const;
  [[noreturn]] void throw_protocol(const std::string& place) const;

  const HttpRequest& request_;
  const HttpReceiver& receiver_;
  bool public_only_;

  HttpHead head_;
  std::size_t header_bytes_ = 0;
  std::uint64_t body_bytes_ = 0;
  bool head_told_ = false;
  bool wants_more_ = true;       ///< the receiver does
  bool opened_ = false;          ///< some address was allowed since the last head
  std::string refused_address_;  ///< the last that was not
  std::exception_ptr thrown_;    ///< in a callback: C code lies between it and the caller
  std::array<char, CURL_ERROR_SIZE> error_text_{};
};

}  // namespace reelwright::net
