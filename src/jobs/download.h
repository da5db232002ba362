#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "core/context.h"
#include "jobs/partial_file.h"
#include "net/http_client.h"

namespace reelwright::jobs {

struct DownloadRequest {
  std::string url;
  std::uint64_t most_bytes = 0;
  /// Asked with how many bytes are still to come, before the first and every now and then: throws
  /// `storage_full` where they have no room.
  std::function<void(std::uint64_t)> check_room{};
  int tries = 5;                                ///< in a row in which nothing came
  std::chrono::milliseconds first_pause{1000};  ///< before the second try; then twice as long each time
};

/// Fetches a stranger's URL into `file`, which may have a part of it already. A connection that breaks is
/// made again, and what came is not fetched twice where the server names the version of what it serves.
/// Errors as `InputFiles::collect` says; on any of them the file keeps what came.
void download(const net::HttpClient& client, const DownloadRequest& request, PartialFile& file,
              const core::Context& context);

}  // namespace reelwright::jobs
