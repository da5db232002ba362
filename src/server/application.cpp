#include "server/application.h"

#include "core/log.h"
#include "core/trace.h"

namespace reelwright::server {

namespace {

constexpr const char* shown_headers =
    "Location, ETag, Content-Disposition, Content-Range, Retry-After, RateLimit-Limit, RateLimit-Remaining, "
    "RateLimit-Reset, X-Request-Id, X-Processing-Id, Idempotent-Replayed, Tus-Resumable, Tus-Version, "
    "Tus-Extension, Tus-Max-Size, Upload-Offset, Upload-Length, Upload-Expires, Upload-Metadata, "
    "Upload-Defer-Length";
constexpr const char* taken_headers =
    "Authorization, X-API-Key, Content-Type, Idempotency-Key, Last-Event-ID, Range, If-Range, If-None-Match, "
    "X-Request-Id, "
    "Tus-Resumable, Upload-Length, Upload-Offset, Upload-Metadata, Upload-Defer-Length, Upload-Checksum";

/// A path that is there, called by a method that it has not.
struct WrongMethod : core::Error {
  explicit WrongMethod(std::string methods)
      : Error(core::ErrorCode::invalid_input, "This path takes " + methods + "."),
        allowed(std::move(methods)) {}
  std::string allowed;
};

bool is_preflight(const Request& request) {
  return request.method == Method::options && !request.header("Origin").empty() &&
         !request.header("Access-Control-Request-Method").empty();
}

/// What stands in the log: the path without its query, which may bear a signature.
std::string_view path_of(const Request& request) {
  return request.target.substr(0, request.target.find('?'));
}

}  // namespace

RoutedApplication::RoutedApplication(const Router& router, AccessControl& access, Metrics& metrics,
                                     bool debug)
    : router_(router),
      access_(access),
      metrics_(metrics),
      debug_(debug),
      preflight_{.method = Method::options,
                 .pattern = "preflight",
                 .access = Access::open,
                 .docs = {},
                 .handler = Handler([](Request&) { return no_content(); }),
                 .quick = true} {}

const Route& RoutedApplication::admit(Request& request) {
  if (is_preflight(request)) return preflight_;
  const Route* route = router_.find(request);
  if (route == nullptr) {
    std::string methods = router_.allowed(request.path);
    if (methods.empty())
      throw core::Error(core::ErrorCode::not_found, "There is nothing here; /docs shows what there is.");
    throw WrongMethod(std::move(methods));
  }
  request.route = route;
  request.caller = access_.admit(request, route->access);
  return *route;
}

Response RoutedApplication::refuse(const Request& request, std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const WrongMethod& wrong) {
    Response response = problem(405, "invalid_input", "Method not allowed", wrong.what(), request.id);
    return std::move(response.with("Allow", wrong.allowed));
  } catch (const core::Error& known) {
    if (known.code() != core::ErrorCode::internal) return answer_to(known, request);
    return answer_to({known.code(), known.what(), core::with_trace(known.details(), known)}, request);
  } catch (const std::bad_alloc&) {
    return problem(503, "unavailable", "Service unavailable", "Out of memory; try again later.", request.id);
  } catch (const std::exception& unknown) {
    return answer_to({core::ErrorCode::internal, "This is a fault of the program; the log tells more.",
                      core::with_trace(unknown.what(), unknown)},
                     request);
  }
}

Response RoutedApplication::answer_to(const core::Error& error, const Request& request) const {
  if (http_status(error.code()) >= 500)
    core::log::error("http.failed", {{"path", path_of(request)},
                                     {"code", core::name(error.code())},
                                     {"message", error.what()},
                                     {"details", error.details()},
                                     {"request_id", request.id}});
  return problem(error, request.id, debug_);
}

void RoutedApplication::add_cors(const Request& request, Response& response) const {
  const std::string_view origin = request.header("Origin");
  if (origin.empty()) return;
  response.with("Vary", "Origin");
  if (!access_.allows_origin(origin)) return;
  response.with("Access-Control-Allow-Origin", std::string(origin));
  response.with("Access-Control-Expose-Headers", shown_headers);
  if (!is_preflight(request)) return;
  response.with("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE, OPTIONS");
  response.with("Access-Control-Allow-Headers", taken_headers);
  response.with("Access-Control-Max-Age", "600");
}

void RoutedApplication::complete(const Request& request, Response& response, double seconds) {
  response.with("X-Request-Id", request.id);
  response.with("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : request.answer_headers) response.with(name, value);
  add_cors(request, response);
  metrics_.note_request(request.method, request.route, response.status, seconds);
  // A status call comes every second from every page: only what changes something, or fails, is told.
  const bool reads = request.method == Method::get || request.method == Method::head;
  const auto level = reads && response.status < 400 ? core::log::Level::debug : core::log::Level::info;
  if (!core::log::shows(level)) return;
  core::log::write(level, "http.request",
                   {{"method", name(request.method)},
                    {"path", path_of(request)},
                    {"status", response.status},
                    {"seconds", seconds},
                    {"address", request.address},
                    {"user", request.caller.user_id},
                    {"request_id", request.id}});
}

}  // namespace reelwright::server
