#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "database/database.h"

namespace reelwright::database {

struct Change {
  std::string processing_id;
  std::int64_t revision = 0;
  bool removed = false;  ///< the job is gone

  bool operator==(const Change&) const = default;
};

/// Which jobs have changed, in the order of their revisions. Has a connection of its own. One thread at a
/// time uses it. Throws like everything of this room.
class ChangeFeed {
 public:
  explicit ChangeFeed(Database& database);
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  /// Whether anything was written to the database, by this or another process, since this was last asked.
  /// True the first time. Costs a microsecond.
  bool moved();

  /// The last revision given to any job; 0 before the first.
  std::int64_t latest();

  /// Jobs whose last change came after `revision`, each once, the oldest change first, at most `limit`.
  /// Removed jobs are told of for a day.
  std::vector<Change> since(std::int64_t revision, int limit = 1000);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::database
