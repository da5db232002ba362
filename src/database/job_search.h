#pragma once

// Inside `database/` only.

#include <soci/soci.h>

#include <memory>
#include <string>
#include <vector>

#include "database/job.h"

namespace reelwright::database {

/// A query for jobs whose conditions come one by one. Keeps what is bound until it has run.
class JobSearch {
 public:
  explicit JobSearch(soci::session& sql) : statement_(sql) {}

  /// The name under which a condition may speak of `value`.
  template <typename Value>
  std::string bind(const Value& value) {
    const std::string name = "p" + std::to_string(count_++);
    const std::shared_ptr<Value> kept = std::make_shared<Value>(value);
    kept_.push_back(kept);
    statement_.exchange(soci::use(*kept, name));
    return ":" + name;
  }

  /// The names of several, with commas between.
  template <typename Values, typename Text>
  std::string bind_all(const Values& values, Text text_of) {
    std::string names;
    for (const auto& value : values) names += (names.empty() ? "" : ", ") + bind(std::string(text_of(value)));
    return names;
  }

  void require(const std::string& condition) {
    conditions_ += (conditions_.empty() ? " WHERE " : " AND ") + condition;
  }

  /// `ending` is the order and the limit.
  std::vector<Job> run(const std::string& ending);

 private:
  std::vector<std::shared_ptr<void>> kept_;
  soci::statement statement_;
  std::string conditions_;
  int count_ = 0;
};

}  // namespace reelwright::database
