#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "core/context.h"
#include "net/http_client.h"
#include "net/partial_file.h"

namespace reelwright::net {

struct DownloadRequest {
  std::string url;
  std::uint64_t most_bytes = 0;
  std::string what = "A recording";  ///< for messages: begins a sentence
  std::string place = "the URL";     ///< for messages: "The server of the URL says ..."
  int redirects = 0;                 ///< how many are followed
  bool https_only = false;           ///< of redirects too
  HttpRequest::NamedBy named_by = HttpRequest::NamedBy::stranger;
  /// Asked with how many bytes are still to come, before the first and every now and then: throws
  /// `storage_full` where they have no room.
  std::function<void(std::uint64_t)> check_room{};
  int tries = 5;                                ///< in a row in which nothing came
  std::chrono::milliseconds first_pause{1000};  ///< before the second try; then twice as long each time
};

/// Fetches a URL into `file`, which may have a part of it already. A connection that breaks is made again,
/// and what came is not fetched twice where the server names the version of what it serves.
///
/// Throws `cancelled`; `not_found` where the server has nothing there; `invalid_input` where the address is
/// not public or the server wants a login or redirects further than it may; `too_large`, `storage_full`;
/// `unavailable` and `timeout`, which may go well another time. On any of them the file keeps what came.
void download(const HttpClient& client, const DownloadRequest& request, PartialFile& file,
              const core::Context& context);

}  // namespace reelwright::net
