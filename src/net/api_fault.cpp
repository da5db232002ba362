#include "net/api_fault.h"

#include <fmt/format.h>

#include <algorithm>

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;

/// Those of status 429 that waiting does not mend.
bool is_quota(const VendorError& error) {
  constexpr std::string_view words[] = {"insufficient_quota", "credit_balance_exhausted",
                                        "_spend_limit_exceeded", "organization_usage_limit_exceeded"};
  return std::ranges::any_of(
      words, [&](std::string_view word) { return error.type.contains(word) || error.code.contains(word); });
}

bool is_about_the_request(int status) {
  constexpr int of_the_request[] = {400, 404, 405, 413, 415, 422};
  return std::ranges::contains(of_the_request, status);
}

std::string times(int tries) { return tries == 1 ? "" : fmt::format(" after {} tries", tries); }

/// "(status 503: overloaded)", the vendor's own words.
std::string told(const HttpHead& head, const VendorError& error) {
  if (error.message.empty()) return fmt::format("(status {})", head.status);
  return fmt::format("(status {}: {})", head.status, error.message);
}

std::string details_of(const HttpHead& head, const VendorError& error) {
  const std::string* id = find_header(head.headers, "x-request-id");
  return fmt::format("status {}, type {}, code {}, x-request-id {}", head.status, error.type, error.code,
                     id ? *id : "-");
}

Error key_error(const HttpHead& head, const VendorError& error, const Endpoint& endpoint) {
  const std::string said = told(head, error);
  const std::string message =
      endpoint.api_key.empty()
          ? fmt::format("{} asks for a key {}; set {}.", endpoint.base_url, said, endpoint.key_setting)
          : fmt::format("{} does not take the key of {} {}; set it to one that is good there.",
                        endpoint.base_url, endpoint.key_setting, said);
  return {ErrorCode::invalid_input, message, details_of(head, error)};
}

}  // namespace

ApiFault fault_of(const HttpHead& head, const VendorError& error) {
  const int status = head.status;
  if (status == 401 || status == 403) return ApiFault::key;
  if (status == 402 || (status == 429 && is_quota(error))) return ApiFault::quota;
  if (status == 429) return ApiFault::limit;
  if (status == 408 || status == 409 || status >= 500) return ApiFault::passing;
  if ((status >= 200 && status < 300) || is_about_the_request(status)) return ApiFault::none;
  return ApiFault::no_api;
}

Error error_of(ApiFault fault, const HttpHead& head, const VendorError& error, const Endpoint& endpoint,
               int tries) {
  const std::string said = told(head, error);
  const std::string details = details_of(head, error);
  switch (fault) {
    case ApiFault::key:
      return key_error(head, error, endpoint);
    case ApiFault::quota:
      return {
          ErrorCode::over_budget,
          fmt::format("The account of {} at {} has nothing left {}; fill it up there, or set another key.",
                      endpoint.key_setting, endpoint.base_url, said),
          details};
    case ApiFault::limit:
      return {
          ErrorCode::rate_limited,
          fmt::format("{} is called too often{} {}; try again later.", endpoint.base_url, times(tries), said),
          details};
    case ApiFault::passing:
      return {ErrorCode::unavailable,
              fmt::format("{} fails{} {}; try again later.", endpoint.base_url, times(tries), said), details};
    default:
      return {ErrorCode::invalid_input,
              fmt::format("{} is no API {}; set {} to the base URL of one.", endpoint.base_url, said,
                          endpoint.url_setting),
              details};
  }
}

Error error_of(const Error& failure, const Endpoint& endpoint, int tries) {
  const std::string details = fmt::format("{} {}", failure.what(), failure.details());
  switch (failure.code()) {
    case ErrorCode::timeout:
      return {ErrorCode::timeout,
              fmt::format("{} did not answer within {} s ({}).", endpoint.base_url,
                          std::chrono::ceil<std::chrono::seconds>(endpoint.timeout).count(),
                          endpoint.timeout_setting),
              details};
    case ErrorCode::unavailable:
      return {ErrorCode::unavailable,
              fmt::format("{} cannot be reached{} ({}): {} Is it right, and the server running?",
                          endpoint.base_url, times(tries), endpoint.url_setting, failure.what()),
              details};
    case ErrorCode::too_large:
      return {ErrorCode::unavailable,
              fmt::format("{} ({}) answers more than any answer can be.", endpoint.base_url,
                          endpoint.url_setting),
              details};
    default:
      return failure;
  }
}

}  // namespace reelwright::net
