#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "clips/request.h"

namespace reelwright::clips {

/// A member of `Request` that is a setting too.
struct RequestField {
  std::string_view name;     ///< in JSON and in forms
  std::string_view setting;  ///< in the table of settings, which has its type, range, choices and help
  std::string_view alias{};  ///< another name that forms may use
};

/// In the order of `Request`.
std::span<const RequestField> request_fields();

/// Sets the member of that name from the text of a form's field: a number, a word, `true` or `false`, or JSON
/// for the lists; empty text is as good as none. False, and nothing happens, where `Request` has no member of
/// that name. Throws `invalid_input` naming the field where the text is nothing of its type; ranges are
/// looked at by `faults_of`.
bool set_field(Request& request, std::string_view name, const std::string& text);

}  // namespace reelwright::clips
