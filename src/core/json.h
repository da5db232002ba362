#pragma once

#include <glaze/glaze.hpp>
#include <string>
#include <string_view>

#include "core/error.h"

/// The one way to write JSON. Include only in sources: glaze is slow to compile.
namespace reelwright::core {

/// Names and transcripts come from strangers: control characters in them are escaped, as RFC 8259 asks for.
struct JsonOptions : glz::opts {
  bool escape_control_characters = true;
};

/// `value`, an aggregate that glaze reflects, as JSON without a line break at its end. Texts in it must be
/// UTF-8. `what` is named where it fails ("clips.json"). Throws `internal`.
template <bool pretty = false, typename Value>
std::string to_json(const Value& value, std::string_view what) {
  std::string text;
  if (const auto error = glz::write<JsonOptions{{.prettify = pretty}}>(value, text))
    throw Error(ErrorCode::internal, fmt::format("Could not write {} as JSON.", what),
                glz::format_error(error, text));
  return text;
}

}  // namespace reelwright::core
