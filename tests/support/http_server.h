#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace reelwright::testing {

/// A request as it came over the wire; names of headers in lower case.
struct SeenRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;
  std::string body;
};

/// The server's side of one connection.
class Peer {
 public:
  explicit Peer(int socket) : socket_(socket) {}

  /// Raw bytes; false where the other side is gone.
  bool send(std::string_view bytes);

  /// A whole answer with Content-Length.
  void answer(int status, const std::string& body = "",
              const std::map<std::string, std::string>& headers = {});

  /// Returns when the other side, or the server's end, has closed the connection.
  void wait_for_close();

 private:
  int socket_;
};

/// A small HTTP server on real sockets. `handler` is called for each request, on a thread of the connection,
/// which is closed after it. It may answer anything, broken things too.
class HttpServer {
 public:
  using Handler = std::function<void(const SeenRequest&, Peer&)>;
  explicit HttpServer(Handler handler, const std::string& address = "127.0.0.1");
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& target = "/") const;

  /// Connections so far, those that said nothing too.
  int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int socket);

  Handler handler_;
  std::string address_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace reelwright::testing
