#include "server/idempotency.h"

#include "core/ids.h"
#include "core/log.h"
#include "core/time.h"
#include "server/field_error.h"

namespace reelwright::server {

namespace {

constexpr std::size_t longest_key = 255;
constexpr std::chrono::seconds renewal{10};

}  // namespace

Idempotency::Idempotency(database::Database& database, const Request& request)
    : table_(database), user_(request.caller.user_id), key_(request.header("Idempotency-Key")) {
  if (key_.empty()) return;
  if (key_.size() > longest_key)
    throw core::Error(core::ErrorCode::invalid_input,
                      "The header Idempotency-Key may have at most 255 characters.");
  owner_ = core::make_uuid();
  before_ = table_.reserve(user_, key_, "", owner_, core::now());
  if (before_.state == State::in_progress)
    throw core::Error(
        core::ErrorCode::conflict,
        "A request with this Idempotency-Key is worked on just now; ask again in a few seconds.");
  state_ = before_.state;
}

Idempotency::~Idempotency() {
  if (state_ != State::reserved) return;
  try {
    table_.release(user_, key_, owner_);
  } catch (const core::Error& error) {  // it ends by itself when it is not renewed
    core::log::warning("idempotency.not_released", {{"error", error.what()}});
  }
}

Response Idempotency::replay(const std::string& fingerprint) const {
  if (fingerprint != before_.fingerprint)
    throw InvalidFields(
        {{"Idempotency-Key", "stood with another request before; use a new one for a new request"}});
  Response response = json_response(before_.response, 202);
  response.with("Idempotent-Replayed", "true");
  return response;
}

void Idempotency::keep_alive() {
  const auto now = std::chrono::steady_clock::now();
  if (state_ != State::reserved || now - renewed_ < renewal) return;
  table_.renew(owner_, core::now());
  renewed_ = now;
}

void Idempotency::finish(const std::string& fingerprint, const std::string& processing_id,
                         const std::string& json) {
  if (state_ != State::reserved) return;
  table_.finish(user_, key_, owner_, fingerprint, processing_id, json, core::now());
  state_ = State::finished;
}

}  // namespace reelwright::server
