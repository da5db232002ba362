#pragma once

#include <filesystem>
#include <vector>

#include "database/database.h"
#include "database/job.h"
#include "jobs/pipeline.h"
#include "storage/storage.h"

namespace reelwright::jobs {

/// Puts the results of one claim before the users: files first, then one transaction each. Throws what the
/// storage and the database throw.
class Publisher {
 public:
  /// `workspace` is where the child left the files. All outlive it.
  Publisher(database::Database& database, storage::Storage& storage, const Pipeline& pipeline,
            database::Claim claim, std::filesystem::path workspace);

  /// `result` is as the child told it: its files are names in the workspace. False where the claim is no
  /// longer good. Throws `invalid_input` where it is not what it should be.
  bool publish(const Result& result, core::Moment now);

  /// When all results were published: takes back those of earlier runs, and removes the files that are of
  /// none. False where the claim is no longer good.
  bool finish(core::Moment now);

  /// Removes the files that are of no published result.
  void remove_orphans();

  /// Notes how much the job takes.
  void note_room();

 private:
  std::string prefix() const;

  database::Database& database_;
  storage::Storage& storage_;
  const Pipeline& pipeline_;
  const database::Claim claim_;
  const std::filesystem::path workspace_;
  std::vector<int> numbers_;
};

}  // namespace reelwright::jobs
