#pragma once

#include <string>
#include <string_view>

namespace reelwright::net {

/// A body of `multipart/form-data` (RFC 7578).
struct Form {
  std::string content_type, body;
};

/// The members of `json` (an object of texts, numbers and lists of texts, whose names get `[]`) as fields,
/// and `wav` as the field `file`. Throws `invalid_input` for another JSON.
Form form_of(std::string_view json, std::string_view wav);

}  // namespace reelwright::net
