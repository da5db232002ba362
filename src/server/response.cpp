#include "server/response.h"

#include <fmt/format.h>

#include <optional>

#include "core/json.h"
#include "core/text.h"
#include "server/field_error.h"

namespace reelwright::server {

// Named like all else of this room: what glaze reads needs linkage.
struct ProblemJson {
  std::string type = "about:blank";
  std::string title;
  int status;
  std::string detail;
  std::string code;
  std::string request_id;
  std::optional<std::vector<FieldError>> errors;
  std::optional<std::string> debug;
};

namespace {

using core::ErrorCode;

Response problem_response(const ProblemJson& body) {
  Response response{.status = body.status, .headers = {}, .body = core::to_json(body, "a problem")};
  response.with("Content-Type", "application/problem+json");
  if (body.status == 401) response.with("WWW-Authenticate", "Bearer");
  return response;
}

std::string title_of(ErrorCode code) {
  std::string title(core::name(code));
  title[0] = static_cast<char>(title[0] - 'a' + 'A');
  for (char& c : title)
    if (c == '_') c = ' ';
  return title;
}

}  // namespace

InvalidFields::InvalidFields(std::vector<FieldError> errors)
    : core::Error(ErrorCode::invalid_input,
                  errors.size() == 1
                      ? fmt::format("{}: {}", errors[0].field, errors[0].message)
                      : fmt::format("{} fields of the request are not as they must be.", errors.size())),
      errors_(std::move(errors)) {}

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return 422;
    case ErrorCode::unauthorised:
      return 401;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
    case ErrorCode::cancelled:
      return 409;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::unsupported_media:
      return 415;
    case ErrorCode::rate_limited:
      return 429;
    case ErrorCode::over_budget:
      return 402;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::timeout:
      return 504;
    case ErrorCode::storage_full:
      return 507;
    case ErrorCode::internal:
      break;
  }
  return 500;
}

std::string_view reason(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 460:
      return "Checksum Mismatch";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 507:
      return "Insufficient Storage";
    default:
      return "Unknown";
  }
}

Response json_response(std::string body, int status) {
  Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.with("Content-Type", "application/json");
  return response;
}

Response no_content() { return {.status = 204, .headers = {}, .body = {}}; }

Response problem(const core::Error& error, std::string_view request_id, bool debug) {
  const auto* fields = dynamic_cast<const InvalidFields*>(&error);
  return problem_response({.title = title_of(error.code()),
                           .status = http_status(error.code()),
                           .detail = core::valid_utf8(error.what()),
                           .code = std::string(core::name(error.code())),
                           .request_id = std::string(request_id),
                           .errors = fields ? std::optional(fields->errors()) : std::nullopt,
                           .debug = debug ? std::optional(core::valid_utf8(error.details())) : std::nullopt});
}

Response problem(int status, std::string_view code, std::string_view title, std::string_view detail,
                 std::string_view request_id) {
  return problem_response({.title = std::string(title),
                           .status = status,
                           .detail = std::string(detail),
                           .code = std::string(code),
                           .request_id = std::string(request_id),
                           .errors = std::nullopt,
                           .debug = std::nullopt});
}

}  // namespace reelwright::server
