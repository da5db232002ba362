#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"

namespace reelwright::server {

/// A part of a file, sent without copying it through the program.
struct FileBody {
  std::filesystem::path file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// A body whose length nobody knows before it is made. Each call blocks until there is more; an empty text
/// ends it. What it throws breaks the connection, so that the client knows that it is not whole.
using PulledBody = std::function<std::string()>;

/// Events as they come (server-sent events). The connection asks `next` whenever it was woken, and now and
/// then without; `next` must not block.
class EventSource {
 public:
  virtual ~EventSource() = default;

  /// What to send now, or nothing.
  virtual std::string next() = 0;

  /// Whether what `next` gives after this is the last.
  virtual bool ended() = 0;

  /// `wake` may be called from any thread, and after the source is gone.
  virtual void on_change(std::function<void()> wake) = 0;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, FileBody, PulledBody, std::shared_ptr<EventSource>> body;

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

/// `body` is JSON.
Response json_response(std::string body, int status = 200);

/// 204.
Response no_content();

/// What went wrong, as RFC 9457 has it: `type`, `title`, `status`, `detail`, `code` and, where fields of the
/// request are to blame, `errors` [{field, message}]. Details for the log only with `debug`.
Response problem(const core::Error& error, std::string_view request_id, bool debug);

/// A status that has no code of its own, such as 405.
Response problem(int status, std::string_view code, std::string_view title, std::string_view detail,
                 std::string_view request_id);

/// The HTTP status of an error.
int http_status(core::ErrorCode code);

/// The reason phrase, such as `Not Found`.
std::string_view reason(int status);

}  // namespace reelwright::server
