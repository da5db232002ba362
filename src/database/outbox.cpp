#include "database/outbox.h"

#include "core/ids.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// The event, the place and why nothing is sent there; the last is empty where it is.
void insert_delivery(soci::session& sql, const std::string& processing_id, const std::string& event,
                     std::optional<int> clip_number, const std::string& obstacle, core::Moment now) {
  const std::string id = "msg_" + core::make_uuid();
  const std::string status = obstacle.empty() ? "pending" : "failed";
  const std::optional<core::Moment> due = obstacle.empty() ? std::optional(now) : std::nullopt;
  sql << R"(INSERT INTO webhook_deliveries (id, user_id, processing_id, event, clip_number, url, status,
              created_at, next_attempt_at, last_error)
            SELECT :msg, user_id, processing_id, :event, :clip, webhook_url, :status, :now, :due, :obstacle
            FROM jobs WHERE processing_id = :id)",
      soci::use(id, "msg"), soci::use(event, "event"), soci::use(clip_number, "clip"),
      soci::use(status, "status"), soci::use(now, "now"), soci::use(due, "due"),
      soci::use(obstacle, "obstacle"), soci::use(processing_id, "id");
}

}  // namespace

void announce(soci::session& sql, const std::string& processing_id, const std::string& event,
              std::optional<int> clip_number, core::Moment now) {
  std::optional<std::string> url;
  std::optional<std::string> reason;
  sql << R"(SELECT webhook_url, (SELECT reason FROM disabled_endpoints
                                 WHERE user_id = jobs.user_id AND url = jobs.webhook_url)
            FROM jobs WHERE processing_id = :id)",
      soci::use(processing_id, "id"), soci::into(url), soci::into(reason);
  if (!url) return;
  const std::string obstacle = reason ? "The endpoint is disabled: " + *reason : "";
  insert_delivery(sql, processing_id, event, clip_number, obstacle, now);
}

}  // namespace reelwright::database
