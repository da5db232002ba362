#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// One paid call: a row of `ledger`. It outlives its job.
struct Cost {
  std::string user_id;
  std::string processing_id;
  std::string vendor;
  std::string item;   ///< what was bought: a model, a picture
  double amount = 0;  ///< US dollars
  Moment at{};
  std::string stage{};  ///< of the job
  std::int64_t tokens_in = 0;
  std::int64_t tokens_out = 0;
};

/// What paid services cost. Thread-safe.
class Ledger {
 public:
  explicit Ledger(Database& database) : database_(database) {}

  /// Adds to what its user has cost. Survives a loss of power once this returns.
  void note(const Cost& cost);

  /// The oldest first.
  std::vector<Cost> of_job(const std::string& processing_id);

  /// By vendor, of all time.
  std::vector<std::pair<std::string, double>> totals();

 private:
  Database& database_;
};

}  // namespace reelwright::database
