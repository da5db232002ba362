#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelwright::net {

/// In the order in which they came; names in lower case in an answer.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first value of that name (in lower case); null where there is none.
const std::string* find_header(const Headers& headers, std::string_view name);

struct HttpRequest {
  std::string method = "GET";
  std::string url{};
  Headers headers{};
  std::string body{};
  std::filesystem::path body_file{};  ///< sent instead of `body` where it is not empty

  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{30'000};  ///< zero: none
  /// Given up where fewer than this many bytes a second came or went over `slow_for`; zero: never.
  long slow_bytes = 0;
  std::chrono::seconds slow_for{30};

  std::uint64_t most_bytes = 1 << 20;  ///< of the answer's body
  int redirects = 0;                   ///< how many are followed
  bool https_only = false;             ///< of redirects too

  /// Who named the host. `stranger`: only public addresses are connected to, directly and never through a
  /// proxy, whatever the environment says. `operator_`: any, and through the environment's proxy.
  enum class NamedBy { stranger, operator_ };
  NamedBy named_by = NamedBy::stranger;
};

/// What comes before the body.
struct HttpHead {
  int status = 0;
  Headers headers{};
};

struct HttpResponse : HttpHead {
  std::string body{};
};

/// Receives an answer as it comes. `on_head` is called once, before the first byte; false from either ends
/// the request, which is then no error.
struct HttpReceiver {
  std::function<bool(const HttpHead&)> on_head{};
  std::function<bool(std::string_view)> on_bytes{};
};

/// Sends HTTP requests. Certificates are verified always. Thread-safe.
///
/// Any answer of the server, 500 too, is a result. Errors: `invalid_input` (the address is not a public one
/// and was named by a stranger; a URL that is none), `unavailable` (no such host, refused, broken off,
/// certificate, no HTTP), `timeout`, `too_large` (`most_bytes`; headers of more than 64 KiB), `cancelled`
/// (within a second).
class HttpClient {
 public:
  struct Settings {
    bool allow_private = false;       ///< ALLOW_PRIVATE_URLS: strangers may name any address
    std::filesystem::path ca_file{};  ///< authorities instead of the system's
    std::string user_agent = "Reelwright/" REELWRIGHT_VERSION;
  };
  explicit HttpClient(Settings settings) : settings_(std::move(settings)) {}

  /// The whole answer, its body in memory.
  HttpResponse send(const HttpRequest& request, const std::stop_token& stop = {}) const;

  /// The answer as it comes; returns its head. Exceptions of the receiver pass through.
  HttpHead stream(const HttpRequest& request, const HttpReceiver& receiver,
                  const std::stop_token& stop = {}) const;

 private:
  Settings settings_;
};

}  // namespace reelwright::net
