#pragma once

// Inside `database/` only: how values stand in the tables. With this, moments, booleans and states are used
// and read as they are, `std::optional` where they may be NULL.

#include <soci/soci.h>

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/time.h"
#include "database/job.h"

namespace reelwright::database {

/// Seconds since 1970, as the tables hold moments.
double seconds_of(core::Moment moment);
core::Moment moment_of(double seconds);

/// As the blueprint's tables hold them: `2027-01-15 08:00:00`, in UTC.
std::string timestamp_of(core::Moment moment);

/// The day in UTC: `2027-01-15`.
std::string day_of(core::Moment moment);

/// Throws `internal`.
JobStatus status_in(const std::string& text);

/// Runs a statement that is bound; whether it changed any row.
bool changed(soci::statement& statement);

}  // namespace reelwright::database

namespace soci {

template <>
struct type_conversion<reelwright::core::Moment> {
  using base_type = double;
  static void from_base(double seconds, indicator, reelwright::core::Moment& moment) {
    moment = reelwright::database::moment_of(seconds);
  }
  static void to_base(reelwright::core::Moment moment, double& seconds, indicator& found) {
    seconds = reelwright::database::seconds_of(moment);
    found = i_ok;
  }
};

template <>
struct type_conversion<bool> {
  using base_type = int;
  static void from_base(int number, indicator, bool& value) { value = number != 0; }
  static void to_base(bool value, int& number, indicator& found) {
    number = value ? 1 : 0;
    found = i_ok;
  }
};

template <>
struct type_conversion<reelwright::database::JobStatus> {
  using base_type = std::string;
  static void from_base(const std::string& text, indicator, reelwright::database::JobStatus& status) {
    status = reelwright::database::status_in(text);
  }
  static void to_base(reelwright::database::JobStatus status, std::string& text, indicator& found) {
    text = reelwright::database::name(status);
    found = i_ok;
  }
};

}  // namespace soci
