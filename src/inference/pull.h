#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/context.h"
#include "inference/registry.h"
#include "net/http_client.h"

namespace reelwright::inference {

struct PullOptions {
  bool allow_http = false;     ///< ALLOW_PRIVATE_URLS: plain HTTP too
  bool by_proxy = false;       ///< the environment names a proxy, which then decides what is called
  bool accept_change = false;  ///< of a file without a known checksum: another one than came the last time
  int tries = 4;               ///< in a row in which nothing came
  std::chrono::milliseconds first_pause{500};  ///< before the second; then twice as long each time
};

struct Pulled {
  std::filesystem::path weights;
  std::uint64_t bytes = 0;
  bool was_there = false;               ///< nothing had to be fetched
  std::vector<std::string> first_seen;  ///< files of which no checksum was known before
};

/// Fetches a model into the models folder, where it appears whole or not at all. What came of a pull that
/// broke off is kept and gone on from, where the server allows it. Progress is that of all files.
///
/// Throws `conflict` (another process pulls it; files of that name are there and not whole), `not_found` and
/// `invalid_input` (the server has or gives no such file; an address that may not be called; bytes that are
/// not what they should be, which are thrown away), `unavailable`, `timeout`, `storage_full`, `too_large`,
/// `forbidden`, `cancelled`.
Pulled pull(const net::HttpClient& client, const std::filesystem::path& models_dir, const Registry& registry,
            const Model& model, const PullOptions& options, const core::Context& context);

}  // namespace reelwright::inference
