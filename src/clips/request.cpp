#include "clips/request.h"

#include "core/json.h"
#include "core/json_place.h"
#include "core/text.h"

namespace reelwright::clips {

namespace {

using core::Error;
using core::ErrorCode;

struct StrictOptions : glz::opts {
  bool error_on_unknown_keys = true;
  bool error_on_missing_keys = true;  // of those that may not be absent
  bool validate_trailing_whitespace = true;
};

/// The object that holds the member of this path.
std::string holder(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? "" : path.substr(0, dot);
}

/// Why the JSON is no request, to follow the place where that shows.
std::string complaint(const glz::error_ctx& error, std::string_view json) {
  const std::string place = core::json_place(json, error.count);
  const auto at = [](const std::string& path, std::string_view what) {
    return fmt::format("{} {}", path.empty() ? "The request" : core::printable(path, 200), what);
  };
  if (error.ec == glz::error_code::unknown_key) return at(place, "is no option that is known.");
  if (error.ec == glz::error_code::missing_key)
    return at(holder(place), fmt::format("has no {}.", error.custom_error_message));
  return at(place, "is not JSON of the right type.");
}

}  // namespace

Request read_request(std::string_view json) {
  Request request;
  if (const auto error = glz::read<StrictOptions{}>(request, json))
    throw Error(ErrorCode::invalid_input, complaint(error, json),
                glz::format_error(error, std::string(json)));
  return request;
}

std::string to_text(const Request& request) { return core::to_json(request, "the request"); }

}  // namespace reelwright::clips
