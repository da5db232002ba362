#pragma once

#include <cstdint>
#include <string>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

/// What was fetched for a job that began with a URL.
struct FetchedSource {
  std::string inputs;          ///< JSON, in place of the job's
  std::string input_filename;  ///< the key in the storage, for the blueprint's table
  std::int64_t bytes = 0;      ///< of all inputs
  std::string digest;          ///< SHA-256 of the source
};

/// Notes where the source of a job lies now. False, and nothing changes, where the claim is no longer good.
bool note_fetched(Database& database, const Claim& claim, const FetchedSource& fetched, Moment now);

}  // namespace reelwright::database
