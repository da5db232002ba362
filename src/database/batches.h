#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

/// One source of a batch: a job, or why there is none.
struct BatchItem {
  int position = 0;                   ///< from 0 on, as the request had them
  std::string source{};               ///< the name or URL that the user gave
  std::string processing_id{};        ///< empty where it was refused, and where its job was deleted
  std::optional<JobError> error{};    ///< why it was refused
  std::optional<JobStatus> status{};  ///< of its job
  int progress_percentage = 0;

  bool operator==(const BatchItem&) const = default;
};

struct Batch {
  std::string id;
  std::string user_id;
  Moment created_at;
  std::vector<BatchItem> items{};  ///< by position
};

/// Several jobs asked for at once. Thread-safe.
class BatchTable {
 public:
  explicit BatchTable(Database& database) : database_(database) {}

  void insert(const std::string& id, const std::string& user_id, Moment now);

  /// `status` and `progress_percentage` of the item are the job's and not stored. Of one that stands at that
  /// position everything is replaced.
  void put_item(const std::string& batch_id, const BatchItem& item);

  std::optional<Batch> find(const std::string& id);

 private:
  Database& database_;
};

}  // namespace reelwright::database
