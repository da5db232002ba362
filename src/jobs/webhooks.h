#pragma once

#include <memory>

#include "jobs/webhook_sender.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::jobs {

/// Delivers webhooks by Standard Webhooks 1.0.0: its threads take what is due from the outbox, which the
/// changes of jobs fill, and send it until it has arrived or ten attempts were made in four days. A few
/// threads, so that an endpoint that hangs holds up no other. Several processes may do so on one database.
/// Thread-safe.
class Webhooks {
 public:
  /// All outlive it. `document` is called from its threads, several at once. Starts them.
  Webhooks(database::Database& database, const core::Config& config, WebhookSender::Document document);

  /// Stops within a second; what is on its way is sent again later.
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  /// Something may be due: look now. Else they look every second. Never blocks for long.
  void wake();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::jobs
