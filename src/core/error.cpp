#include "core/error.h"

namespace reelwright::core {

std::string_view name(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return "invalid_input";
    case ErrorCode::unauthorised:
      return "unauthorised";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::unsupported_media:
      return "unsupported_media";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::over_budget:
      return "over_budget";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::storage_full:
      return "storage_full";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return 2;
    case ErrorCode::not_found:
      return 3;
    case ErrorCode::unsupported_media:
      return 4;
    case ErrorCode::conflict:
      return 5;
    case ErrorCode::too_large:
      return 6;
    case ErrorCode::storage_full:
      return 7;
    case ErrorCode::forbidden:
    case ErrorCode::unauthorised:
      return 8;
    case ErrorCode::unavailable:
    case ErrorCode::timeout:
    case ErrorCode::rate_limited:
    case ErrorCode::over_budget:
      return 9;
    case ErrorCode::cancelled:
      return 130;
    case ErrorCode::internal:
      return 1;
  }
  return 1;
}

}  // namespace reelwright::core
