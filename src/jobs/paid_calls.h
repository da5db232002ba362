#pragma once

#include <optional>

#include "database/job.h"
#include "jobs/workshop.h"
#include "net/api_client.h"

namespace reelwright::jobs {

/// Makes the paid calls of one attempt at a job, within the job's budget, and writes each into the log and
/// the ledger.
class PaidCalls {
 public:
  /// `workshop` outlives it. Throws what the database throws.
  PaidCalls(const Workshop& workshop, const WorkerOptions& options, const database::Job& job);

  /// Throws what `net::Transport::post` throws, `invalid_input` where no paid service is set.
  net::ApiAnswer call(const net::ApiRequest& request, const std::stop_token& stop);

 private:
  void note(const net::CallRecord& record);

  const Workshop& workshop_;
  const std::string user_id_, processing_id_, request_id_;
  std::optional<net::Budget> budget_;
  std::optional<net::ApiClient> client_;
};

}  // namespace reelwright::jobs
