#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

#include "server/route.h"

namespace prometheus {
class Counter;
class Histogram;
class Registry;
}  // namespace prometheus

namespace reelwright::database {
class Database;
}
namespace reelwright::storage {
class Storage;
}

namespace reelwright::server {

/// What Prometheus reads at `/metrics`. Thread-safe.
class Metrics {
 public:
  Metrics(database::Database& database, storage::Storage& storage);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// A request that was answered; `route` is null where there was none.
  void note_request(Method method, const Route* route, int status, double seconds);

  /// The page, in Prometheus' text format. Looks at the database for jobs, queue, stages and costs.
  std::string page();

 private:
  struct Requests {
    prometheus::Counter* count = nullptr;
    prometheus::Histogram* seconds = nullptr;
  };
  Requests add_requests(Method method, const Route* route, int status);
  void read_jobs();
  void read_stages();

  database::Database& database_;
  storage::Storage& storage_;
  std::shared_ptr<prometheus::Registry> registry_;
  std::mutex mutex_;
  std::map<std::tuple<Method, const Route*, int>, Requests> requests_;
  std::int64_t last_stage_ = 0;
};

}  // namespace reelwright::server
