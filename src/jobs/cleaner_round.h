#pragma once

// Inside `jobs/` only: one round of the cleaner.

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "database/jobs.h"
#include "jobs/cleaner.h"

namespace reelwright::jobs {

/// Whatever it takes away it looks at once more just before: a user may have asked for the job again
/// meanwhile.
class CleanerRound {
 public:
  CleanerRound(database::Database& database, storage::Storage& storage, const Pipelines& pipelines,
               const core::Config& config, core::Moment now, const std::stop_token& stop);

  Cleaner::Report run();

 private:
  void clean_uploads();
  void clean_upload(const std::string& name);
  void clean_workspaces();
  void clean_workspace(const std::string& processing_id);
  void clean_results();
  void clean_results_of(const std::string& kind, const std::string& processing_id);
  void clean_strays(const database::Job& job, const std::string& of_kind);
  void clean_incoming();
  void clean_incoming_file(const std::filesystem::path& file);
  void clean_resumable(const std::string& id, const std::filesystem::path& file);
  void clean_rows();

  /// Does the one thing; what it throws is told to the log and hinders nothing else.
  void attempt(std::string_view what, const std::function<void()>& work) const;

  bool is_over(const database::Job& job, std::string_view setting) const;
  /// What may still be on its way to becoming a job: it comes into the store before its rows are written.
  bool is_young(std::string_view uuid) const;
  bool is_still(const database::Job& job);
  bool is_untouched(const std::filesystem::path& file) const;
  std::optional<core::Moment> cutoff(std::string_view setting) const;

  storage::Storage& storage_;
  database::Database& database_;
  const Pipelines& pipelines_;
  const core::Config& config_;
  core::Moment now_;
  const std::stop_token& stop_;
  database::JobTable jobs_;
  Cleaner::Report report_;
};

}  // namespace reelwright::jobs
