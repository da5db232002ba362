#include "jobs/database_queue.h"

#include "jobs/test_queue.h"

namespace reelwright::jobs {
namespace {

class DatabaseQueueDriver {
 public:
  DatabaseQueueDriver(database::Database& database, const std::vector<std::string>& kinds)
      : changes_(database), queue_(database, changes_, kinds), another_(database, changes_, kinds) {}

  Queue& queue() { return queue_; }
  Queue& another() { return another_; }
  void notice(const std::string& processing_id) { queue_.announce(processing_id); }

 private:
  Changes changes_;
  DatabaseQueue queue_;
  DatabaseQueue another_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(OverTheDatabase, QueueSuite, DatabaseQueueDriver);

}  // namespace
}  // namespace reelwright::jobs
