#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace reelwright::core {

/// Stable names of everything that can go wrong; mapped to exit codes and HTTP statuses in one place each.
enum class ErrorCode {
  invalid_input,
  unauthorised,
  forbidden,
  not_found,
  conflict,
  too_large,
  unsupported_media,
  rate_limited,
  over_budget,
  unavailable,
  timeout,
  storage_full,
  cancelled,
  internal,
};

/// The name as it stands in JSON, for example `invalid_input`.
std::string_view name(ErrorCode code);

/// The exit code of the command line: 2 bad input, 3 not found, 4 unsupported media, 5 conflict, 6 too large,
/// 7 storage full, 8 forbidden, 9 unavailable, 130 cancelled, 1 anything else.
int exit_code(ErrorCode code);

/// The one exception type. `what()` is one clear sentence for the user that says what to do;
/// `details()` is for the log.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::string details = {})
      : std::runtime_error(message), code_(code), details_(std::move(details)) {}

  ErrorCode code() const { return code_; }
  const std::string& details() const { return details_; }

 private:
  ErrorCode code_;
  std::string details_;
};

/// Something that went less than well without spoiling the result: `no_speech`, `no_subject`,
/// `low_confidence_words`, `fewer_clips`, ...
struct Warning {
  std::string code;
  std::string message;

  bool operator==(const Warning&) const = default;
};

}  // namespace reelwright::core
