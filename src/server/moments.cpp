#include "server/moments.h"

#include <fmt/format.h>

#include <sstream>

#include "core/error.h"

namespace reelwright::server {

std::optional<core::Moment> find_moment(std::string_view text) {
  for (const char* format : {"%FT%T%Ez", "%FT%TZ", "%F"}) {
    std::istringstream stream{std::string(text)};
    core::Moment moment;
    stream >> std::chrono::parse(format, moment);
    if (!stream.fail() && stream.peek() == std::istringstream::traits_type::eof()) return moment;
  }
  return std::nullopt;
}

core::Moment moment_from(std::string_view text) {
  if (const auto moment = find_moment(text)) return *moment;
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("'{}' is no date or time such as 2026-11-23T09:30:00Z.", text.substr(0, 40)));
}

}  // namespace reelwright::server
