#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/time.h"

namespace reelwright::core {
class Config;
}
namespace reelwright::database {
class Database;
}

namespace reelwright::jobs {

/// Delivers webhooks by Standard Webhooks 1.0.0: one thread takes what is due from the outbox, which the
/// changes of jobs fill, and sends it until it has arrived or ten attempts were made in three days. Several
/// processes may do so on one database. Thread-safe.
class Webhooks {
 public:
  /// The status document of a job as JSON; nothing where the job is gone. Called from the thread.
  using Document = std::function<std::optional<std::string>(const std::string& processing_id)>;

  /// All outlive it. Starts the thread.
  Webhooks(database::Database& database, const core::Config& config, Document document);

  /// Stops within a second; what is on its way is sent again later.
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  /// Something may be due: look now. Else it looks every second. Never blocks.
  void wake();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::jobs
