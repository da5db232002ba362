#include "net/download.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "net/range_answer.h"

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::uint64_t check_room_every = 64 << 20;
constexpr long slowest_bytes_a_second = 1000;

bool may_go_well_again(ErrorCode code) {
  return code == ErrorCode::unavailable || code == ErrorCode::timeout;
}

class Download {
 public:
  Download(const HttpClient& client, const DownloadRequest& request, PartialFile& file,
           const core::Context& context)
      : client_(client), request_(request), file_(file), context_(context) {
    if (file_.origin().url != request_.url) file_.restart({.url = request_.url});
  }

  /// One request; false where it has to be made again from the beginning.
  bool attempt();

 private:
  HttpRequest next_request() const;
  bool take_head(const HttpHead& head);
  void take_bytes(std::string_view bytes);
  void check_length(const HttpHead& head);
  void report();

  const HttpClient& client_;
  const DownloadRequest& request_;
  PartialFile& file_;
  const core::Context& context_;
  std::optional<std::uint64_t> length_;  ///< of the whole
  std::uint64_t checked_at_ = 0;         ///< size at which the room was last checked
  double told_ = 0;                      ///< of the progress
  bool again_ = false;
};

HttpRequest Download::next_request() const {
  HttpRequest request{.url = request_.url,
                      .total_timeout = std::chrono::milliseconds(0),
                      .slow_bytes = slowest_bytes_a_second,
                      .most_bytes = request_.most_bytes,
                      .redirects = request_.redirects,
                      .https_only = request_.https_only,
                      .named_by = request_.named_by};
  if (file_.size() > 0 && !file_.origin().version.empty()) {
    request.headers.emplace_back("Range", fmt::format("bytes={}-", file_.size()));
    request.headers.emplace_back("If-Range", file_.origin().version);
  }
  return request;
}

bool Download::attempt() {
  again_ = false;
  client_.stream(next_request(),
                 {.on_head = [this](const HttpHead& head) { return take_head(head); },
                  .on_bytes =
                      [this](std::string_view bytes) {
                        take_bytes(bytes);
                        return true;
                      }},
                 context_.stop);
  if (!again_ && length_ && file_.size() != *length_)
    throw Error(ErrorCode::unavailable,
                fmt::format("The connection to the server of {} broke off.", request_.place));
  return !again_;
}

/// False where no bytes are wanted: the file is whole already, or has to begin anew.
bool Download::take_head(const HttpHead& head) {
  if (head.status == 416 && file_.size() > 0 && says_size(head, file_.size())) return false;
  if (head.status == 416 || (head.status == 206 && beginning_of_part(head) != file_.size())) {
    if (file_.size() == 0) throw_status(head, request_.place);
    file_.restart({.url = request_.url});
    again_ = true;
    return false;
  }
  if (head.status != 200 && head.status != 206) throw_status(head, request_.place);
  if (head.status == 200) file_.restart({.url = request_.url, .version = version_of(head)});
  check_length(head);
  return true;
}

void Download::check_length(const HttpHead& head) {
  const auto told = length_of(head);
  const std::uint64_t left = told.value_or(0);
  if (left > request_.most_bytes || file_.size() + left > request_.most_bytes)
    throw Error(ErrorCode::too_large,
                fmt::format("{} may have at most {} MiB; this one has {}.", request_.what,
                            request_.most_bytes >> 20U, (file_.size() >> 20U) + (left >> 20U)));
  length_.reset();
  if (told) length_ = file_.size() + left;
  if (request_.check_room) request_.check_room(left);
  checked_at_ = file_.size();
}

void Download::take_bytes(std::string_view bytes) {
  if (file_.size() + bytes.size() > request_.most_bytes)
    throw Error(ErrorCode::too_large,
                fmt::format("{} may have at most {} MiB.", request_.what, request_.most_bytes >> 20U));
  file_.append(bytes);
  report();
  if (!request_.check_room || file_.size() - checked_at_ < check_room_every) return;
  request_.check_room(std::max(length_.value_or(0), file_.size()) - file_.size());
  checked_at_ = file_.size();
}

/// Never backwards, although a download may begin anew.
void Download::report() {
  const std::uint64_t length = length_.value_or(0);
  if (length == 0) return;
  const double share = static_cast<double>(file_.size()) / static_cast<double>(length);
  if (share <= told_) return;
  told_ = share;
  context_.report(share);
}

void pause(std::chrono::milliseconds length, const core::Context& context) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, context.stop, length, [] { return false; });
  context.check();
}

}  // namespace

void download(const HttpClient& client, const DownloadRequest& request, PartialFile& file,
              const core::Context& context) {
  Download download(client, request, file, context);
  std::chrono::milliseconds wait = request.first_pause;
  // A server that lets the download begin anew again and again gets nowhere.
  std::uint64_t furthest = file.size();
  for (int failures = 0;;) {
    try {
      if (download.attempt()) return;
      if (++failures >= request.tries)
        throw Error(ErrorCode::unavailable,
                    fmt::format("The server of {} serves other bytes each time.", request.place));
    } catch (const Error& error) {
      if (!may_go_well_again(error.code())) throw;
      const bool moved = file.size() > furthest;
      furthest = std::max(furthest, file.size());
      failures = moved ? 1 : failures + 1;
      if (moved) wait = request.first_pause;
      if (failures >= request.tries) throw;
    }
    pause(wait, context);
    wait *= 2;
  }
}

}  // namespace reelwright::net
