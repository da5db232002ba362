#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

enum class DeliveryStatus {
  pending,    ///< to be sent, or to be sent again
  delivered,  ///< the endpoint has it
  failed,     ///< given up
};

std::string_view name(DeliveryStatus status);

/// A row of `webhook_deliveries`: one event on its way to one endpoint.
struct Delivery {
  std::string id;  ///< `msg_...`: the `webhook-id`, the same however often it is sent
  std::string user_id;
  std::string processing_id;
  std::string event;                 ///< `job.completed`, `job.failed`, `job.cancelled`, `clip.ready`
  std::optional<int> clip_number{};  ///< of `clip.ready`
  std::string url;
  std::string payload{};  ///< the bytes to send; empty until `set_payload`
  DeliveryStatus status = DeliveryStatus::pending;
  int attempts = 0;  ///< made so far, of this round
  int sent = 0;      ///< attempts of all rounds: the fence of a claim
  Moment created_at;
  std::optional<Moment> next_attempt_at{};
  std::optional<int> last_status_code{};
  std::string last_error{};
  std::optional<Moment> delivered_at{};
};

/// How one attempt went: a row of `webhook_attempts`.
struct DeliveryAttempt {
  Moment at;
  double duration_seconds = 0;
  std::optional<int> status_code{};  ///< nothing where no answer came
  std::string error{};               ///< empty where it succeeded

  bool operator==(const DeliveryAttempt&) const = default;
};

/// The outbox of webhooks. Rows come into being in the transaction of the change they tell of (`JobTable`,
/// `ClipTable`); an endpoint that is disabled gets rows that have failed already. Thread-safe.
class WebhookTable {
 public:
  explicit WebhookTable(Database& database) : database_(database) {}

  /// Takes up to `limit` deliveries that are due, the longest due first, for `owner` until `until`. Whose
  /// owner died comes again after that.
  std::vector<Delivery> claim_due(const std::string& owner, Moment now, Moment until, int limit);

  /// When the next delivery is due; nothing where none waits.
  std::optional<Moment> next_due();

  /// The bytes to send, set once: all later attempts send the same. Returns those that hold.
  std::string set_payload(const std::string& id, const std::string& payload);

  /// Logs an attempt and ends the claim: `delivered` where `next` is nothing and it has no error, `failed`
  /// where `next` is nothing and it has one, else due again at `next`. False where the claim is no longer
  /// good.
  bool note_attempt(const Delivery& claimed, const DeliveryAttempt& attempt, std::optional<Moment> next);

  /// Lets a claim go as if it had not been made: the program ends.
  void hand_back(const Delivery& claimed, Moment now);

  std::optional<Delivery> find(const std::string& id);

  /// The oldest first.
  std::vector<DeliveryAttempt> attempts(const std::string& id);

  /// Of a user, of one job where it is named, the newest first, those before `before` (an id; empty: all).
  std::vector<Delivery> list(const std::string& user_id, const std::string& processing_id,
                             const std::string& before, int limit);

  /// Sends a delivery again from the start of the schedule, under its old id; its endpoint is enabled again.
  /// False where the user has none of that id, or it is under way.
  bool replay(const std::string& id, const std::string& user_id, Moment now);

  /// Gives up all that waits for an endpoint, and all that will come.
  void disable_endpoint(const std::string& user_id, const std::string& url, const std::string& reason,
                        Moment now);
  bool is_disabled(const std::string& user_id, const std::string& url);

  /// Removes what has ended and was made before `before`, with its attempts. Returns how many.
  int clean(Moment before);

 private:
  Database& database_;
};

}  // namespace reelwright::database
