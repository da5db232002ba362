#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/json_place.h"
#include "core/text.h"

/// The one way to read requests. Include only in sources: glaze is slow to compile.
namespace reelwright::core {

struct RequestOptions : glz::opts {
  bool error_on_unknown_keys = true;
  bool error_on_missing_keys = true;  // of those that may not be absent
  bool validate_trailing_whitespace = true;
};

/// Why the JSON is no request, to follow the place where that shows.
inline std::string request_complaint(const glz::error_ctx& error, std::string_view json) {
  const std::string place = json_place(json, error.count);
  const auto at = [](const std::string& path, std::string_view what) {
    return fmt::format("{} {}", path.empty() ? "The request" : printable(path, 200), what);
  };
  if (error.ec == glz::error_code::unknown_key) return at(place, "is no option that is known.");
  if (error.ec == glz::error_code::missing_key) {
    const auto dot = place.rfind('.');  // the object that lacks it holds the place
    return at(dot == std::string::npos ? "" : place.substr(0, dot),
              fmt::format("has no {}.", error.custom_error_message));
  }
  return at(place, "is not JSON of the right type.");
}

/// `Request`, an aggregate that glaze reflects, out of JSON; optional members that it does not name are
/// absent. Throws `invalid_input`, naming the member, on what is no JSON, on names that are not known and
/// values of another type.
template <typename Request>
Request read_request_json(std::string_view json) {
  Request request;
  if (const auto error = glz::read<RequestOptions{}>(request, json))
    throw Error(ErrorCode::invalid_input, request_complaint(error, json),
                glz::format_error(error, std::string(json)));
  return request;
}

}  // namespace reelwright::core
