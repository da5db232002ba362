#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/context.h"
#include "database/job.h"
#include "jobs/inputs.h"
#include "net/http_client.h"
#include "storage/storage.h"

namespace reelwright::core {
class Config;
}
namespace reelwright::database {
class Database;
}

namespace reelwright::jobs {

/// Brings the inputs of a job to this machine, in the worker and before the child starts, which has no
/// network. Thread-safe.
class InputFiles {
 public:
  /// All outlive it.
  InputFiles(database::Database& database, storage::Storage& storage, const core::Config& config);

  /// Whether the source is still to be fetched from its URL: the stage `fetch`.
  bool must_fetch(const database::Job& job) const;

  /// The files by role, as `Order::inputs` wants them, fetching the source where `must_fetch` and noting in
  /// the job's row where it now lies. A download that breaks off goes on where it stopped, here and in a
  /// later attempt. Progress is the download's alone.
  ///
  /// Throws `cancelled`; `conflict` where the claim is no longer good; `not_found` where an input is gone;
  /// `invalid_input` where the URL is not public or its server wants a login or redirects; `too_large`,
  /// `storage_full`; `unavailable` and `timeout`, which may go well another time.
  std::map<std::string, std::filesystem::path> collect(const database::Job& job, const database::Claim& claim,
                                                       const core::Context& context);

  /// The file in the folder of incoming files in which a job's recording grows; one more has `.json` behind.
  static std::string fetched_name(const std::string& processing_id);

 private:
  Inputs fetch(const database::Job& job, Inputs inputs, const database::Claim& claim,
               const core::Context& context);

  database::Database& database_;
  storage::Storage& storage_;
  const core::Config& config_;
  net::HttpClient client_;
};

}  // namespace reelwright::jobs
