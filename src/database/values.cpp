#include "database/values.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace reelwright::database {

namespace {

constexpr std::array<std::string_view, 5> names = {"queued", "processing", "completed", "failed",
                                                   "cancelled"};

}  // namespace

double seconds_of(core::Moment moment) {
  return std::chrono::duration<double>(moment.time_since_epoch()).count();
}

core::Moment moment_of(double seconds) {
  return core::Moment(std::chrono::round<std::chrono::microseconds>(std::chrono::duration<double>(seconds)));
}

std::string timestamp_of(core::Moment moment) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", std::chrono::floor<std::chrono::seconds>(moment));
}

std::string day_of(core::Moment moment) {
  return fmt::format("{:%Y-%m-%d}", std::chrono::floor<std::chrono::seconds>(moment));
}

std::string_view name(JobStatus status) { return names[static_cast<std::size_t>(status)]; }

std::optional<JobStatus> status_named(std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<JobStatus>(found - names.begin());
}

JobStatus status_in(const std::string& text) {
  if (const auto status = status_named(text)) return *status;
  throw core::Error(core::ErrorCode::internal, "A job in the database has an unknown status.", text);
}

bool changed(soci::statement& statement) {
  statement.execute(true);
  return statement.get_affected_rows() > 0;
}

}  // namespace reelwright::database
