#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "core/time.h"
#include "database/audit.h"
#include "database/database.h"
#include "database/job.h"
#include "storage/storage.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::jobs {

struct Inputs;

/// A file that has come in whole, on the disk of `storage::incoming_folder`.
struct ReceivedFile {
  std::filesystem::path file;  ///< taken away when the job stands; else it stays the caller's
  std::string digest;          ///< SHA-256
  std::uint64_t bytes = 0;
  bool counted = false;  ///< in the user's stored bytes already, as resumable uploads are
};

/// What becomes a job. Everything in it was checked.
struct Submission {
  std::string kind = "clips";
  std::string user_id;
  std::string settings = "{}";           ///< JSON, for the pipeline
  std::optional<ReceivedFile> source{};  ///< or
  std::string source_url{};              ///< what the worker is to fetch
  std::string original_filename{};       ///< as the user names it
  std::optional<ReceivedFile> transcript{};
  int priority = 0;
  std::optional<std::string> webhook_url{};
  std::optional<std::string> batch_id{};
  std::string request_id{};
  int num_clips_requested = 5;  ///< what the blueprint's table shows
  std::string aspect_ratio = "9:16";
};

/// What is asked for anew of a job or of a copy of it. Absent: as it was.
struct Revision {
  std::optional<std::string> settings{};
  std::optional<ReceivedFile> transcript{};
  std::optional<int> num_clips_requested{};
  std::optional<std::string> aspect_ratio{};
};

/// The one way in which jobs come and go: files, rows, quotas and room in one place, whoever asks.
/// Thread-safe.
class Submissions {
 public:
  Submissions(database::Database& database, storage::Storage& storage, const core::Config& config);

  /// Throws `storage_full` where an upload of so many bytes would leave less than MIN_FREE_MB, `too_large`
  /// over MAX_UPLOAD_MB; to be asked before the first byte is taken.
  void check_room(std::uint64_t bytes) const;

  /// Throws `over_budget` where the user's quotas do not allow another job of so many bytes.
  void check_quotas(const std::string& user_id, std::uint64_t bytes, core::Moment now) const;

  /// Makes the job and returns its processing_id: files under their keys first, then all rows at once. Where
  /// it throws (`over_budget`, `storage_full`, ...) nothing is left.
  std::string submit(const Submission& submission, core::Moment now);

  /// A new job of the same source: its files and workspace are copied without taking room, so that nothing
  /// that still holds is worked out again. Throws `not_found`, and `conflict` where the source is gone.
  std::string resubmit(const std::string& processing_id, const Revision& revision, const Submission& as,
                       core::Moment now);

  /// Asks the same job for something else and queues it again; what it published stays until the new is
  /// there. Throws `not_found`, `conflict` where it runs or its source is gone.
  void revise(const std::string& processing_id, const Revision& revision, core::Moment now);

  /// Removes a job's rows, then its files; `who` goes to the audit log. A worker that has it sees its claim
  /// gone. False where there is none.
  bool remove(const std::string& processing_id, database::AuditEntry who, core::Moment now);

 private:
  void insert(const std::string& id, const Submission& submission, const Inputs& inputs, core::Moment now);
  void require_source(const Inputs& inputs) const;
  static Submission copy_of(const database::Job& job, const Revision& revision, const Submission& as);
  void remove_files(const database::Job& job) noexcept;

  database::Database& database_;
  storage::Storage& storage_;
  const core::Config& config_;
  std::mutex mutex_;  ///< of the quotas
};

}  // namespace reelwright::jobs
