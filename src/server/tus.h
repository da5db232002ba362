#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "server/request.h"
#include "server/response.h"

/// What every answer and request of tus 1.0.0 has in common (https://tus.io/protocols/resumable-upload).
namespace reelwright::server {

inline constexpr std::string_view tus_body_type = "application/offset+octet-stream";

/// An answer that the protocol asks for and no error code stands for.
struct TusRefusal : core::Error {
  TusRefusal(int s, const std::string& message) : Error(core::ErrorCode::invalid_input, message), status(s) {}
  int status;
};

/// `response` with the headers of the protocol.
Response as_tus(Response response, std::int64_t largest);

/// Throws where the client speaks another version.
void require_tus(const Request& request);

/// Runs `act`, whose refusals become answers of the protocol.
template <typename Act>
Response answer_tus(const Request& request, std::int64_t largest, Act act) {
  try {
    require_tus(request);
    return as_tus(act(), largest);
  } catch (const TusRefusal& refusal) {
    return as_tus(
        problem(refusal.status, "invalid_input", reason(refusal.status), refusal.what(), request.id),
        largest);
  }
}

/// A number of bytes in a header; nothing where it is missing. Throws `TusRefusal`.
std::optional<std::int64_t> byte_count(const Request& request, std::string_view header);

/// The header `Upload-Metadata`: `key base64,key base64`. Throws `TusRefusal`.
std::vector<std::pair<std::string, std::string>> upload_metadata(std::string_view header);

/// As HTTP has dates (RFC 9110, 5.6.7).
std::string http_date(core::Moment moment);

}  // namespace reelwright::server
