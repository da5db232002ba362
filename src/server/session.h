#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <set>

#include "server/http_server.h"

/// Inside of the HTTP server only: one connection.
namespace reelwright::server {

class Session;

/// The connections of one thread, which nobody else touches.
struct Connections {
  std::set<Session*> open;
};

/// What all connections share.
struct Shared {
  const HttpOptions& options;
  Application& application;
  boost::asio::thread_pool& pool;
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> count = 0;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  using Clock = std::chrono::steady_clock;
  using Socket = boost::asio::ip::tcp::socket;

  Session(Socket socket, Shared& shared, Connections& connections);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  boost::asio::awaitable<void> run();

  /// Closes the connection where its client is too slow, or the server stops and nothing runs. Called now and
  /// then by its thread.
  void check(Clock::time_point now);

  void close();

 private:
  class Reading;

  boost::asio::awaitable<bool> serve_one();
  boost::asio::awaitable<Response> answer(Request& request, Reading& reading);
  boost::asio::awaitable<Response> call(const Route& route, Request& request, Reading& reading);
  boost::asio::awaitable<void> write(const Request& request, Response& response, bool keep);
  boost::asio::awaitable<void> write_file(const FileBody& body);
  boost::asio::awaitable<void> write_pulled(const PulledBody& body, bool chunked);
  boost::asio::awaitable<void> write_events(const std::shared_ptr<EventSource>& source, bool chunked);
  boost::asio::awaitable<void> send(std::string_view bytes);
  boost::asio::awaitable<void> linger();

  void allow(std::chrono::seconds time) { deadline_ = Clock::now() + time; }
  void allow_any_time() { deadline_ = Clock::time_point::max(); }

  Socket socket_;
  Shared& shared_;
  Connections& connections_;
  boost::beast::flat_buffer buffer_;
  std::string address_;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool reading_headers_ = false;
  boost::asio::steady_timer* events_signal_ = nullptr;  ///< while events are sent: cancelled to wake them
  std::optional<Clock::time_point> headers_since_;
};

}  // namespace reelwright::server
