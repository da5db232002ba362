#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "server/route.h"

namespace reelwright::server {

/// What an HTTP server serves. Called by several threads at once.
class Application {
 public:
  virtual ~Application() = default;

  /// Who calls what: fills in the request's caller and path values. Throws where the request is refused;
  /// answers within microseconds.
  virtual const Route& admit(Request& request) = 0;

  /// The answer to what any function of a route has thrown, or `admit`.
  virtual Response refuse(const Request& request, std::exception_ptr error) = 0;

  /// Adds what every answer has, and tells the log. `seconds` have passed since the headers were read.
  virtual void complete(const Request& request, Response& response, double seconds) = 0;
};

struct HttpOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;      ///< 0: any that is free
  unsigned threads = 0;        ///< 0: two for each core
  unsigned slow_threads = 16;  ///< for handlers that are not quick
  std::size_t header_bytes = std::size_t{32} << 10;
  std::size_t connections = 8192;
  std::chrono::seconds header_time{10};  ///< from the first byte of a request to its last header
  std::chrono::seconds idle_time{75};    ///< between requests
  std::chrono::seconds stall_time{30};   ///< without a byte of a body, either way
  std::chrono::seconds stop_time{5};     ///< for requests that run when the server stops
};

/// HTTP/1.1 over TCP. A connection is served by one thread for as long as it lives; handlers that are not
/// quick, and bodies that are consumed, run on threads of their own.
class HttpServer {
 public:
  /// Listens at once. Throws `unavailable` where the address is taken, `invalid_input` where it is none.
  HttpServer(const HttpOptions& options, Application& application);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;

  /// Connections that are open.
  std::size_t connections() const;

  /// Takes no more requests, and returns when those that run have ended or `stop_time` is over.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::server
