#pragma once

// Inside `jobs/` only, and in sources alone: glaze is slow to compile.

#include "core/json.h"

namespace reelwright::jobs {

/// `value` as JSON in which members without a value are null, not missing: whoever reads need not know both.
/// Throws `internal`.
template <typename Value>
std::string whole_json(const Value& value, std::string_view what) {
  constexpr core::JsonOptions options{{.skip_null_members = false}};
  std::string text;
  if (const auto error = glz::write<options>(value, text))
    throw core::Error(core::ErrorCode::internal, fmt::format("Could not write {} as JSON.", what),
                      glz::format_error(error, text));
  return text;
}

}  // namespace reelwright::jobs
