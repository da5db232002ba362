#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::jobs {

/// The header `webhook-signature` of Standard Webhooks 1.0.0: for each secret `v1,` and the base64 of
/// HMAC-SHA256 over `id.timestamp.body`, with spaces between. A secret is `whsec_` and base64; throws
/// `internal` for any other. `timestamp` is in seconds since 1970.
std::string sign_webhook(const std::vector<std::string>& secrets, std::string_view id, std::int64_t timestamp,
                         std::string_view body);

}  // namespace reelwright::jobs
