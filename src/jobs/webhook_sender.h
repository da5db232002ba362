#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "database/webhooks.h"
#include "net/http_client.h"

namespace reelwright::jobs {

/// Makes the attempts at deliveries that are due, one a call. Keeps nothing between calls: all stands in the
/// database, so any number of threads and processes may do this at once. Thread-safe.
class WebhookSender {
 public:
  /// The status document of a job as JSON of at most so many bytes; nothing where the job is gone.
  using Document =
      std::function<std::optional<std::string>(const std::string& processing_id, std::size_t most_bytes)>;

  /// The database outlives it. Secrets of users are read from it.
  WebhookSender(database::Database& database, net::HttpClient client, Document document);

  /// Takes a delivery that is due at `now` and makes one attempt at it. False where none is due. A stop hands
  /// it back as if it had not been taken.
  bool send_next(core::Moment now, const std::stop_token& stop = {});

 private:
  struct Outcome {
    database::DeliveryAttempt attempt;
    std::optional<core::Moment> next{};
    bool gone = false;  ///< the endpoint wants nothing any more
  };

  std::string payload(const database::Delivery& delivery);
  Outcome attempt(const database::Delivery& delivery, const std::string& body, core::Moment now,
                  const std::stop_token& stop);
  net::HttpRequest request(const database::Delivery& delivery, const std::string& body, core::Moment now);
  void settle(const database::Delivery& delivery, const Outcome& outcome, core::Moment now);

  database::Database& database_;
  net::HttpClient client_;
  Document document_;
  std::string owner_;
};

}  // namespace reelwright::jobs
