#pragma once

#include <string>
#include <vector>

namespace reelwright::core {

/// What is wrong with one member of a request.
struct FieldFault {
  std::string field;    ///< `edits[0].crop[2].time`
  std::string message;  ///< to follow the field: "must be a number from 0 to 604800"

  bool operator==(const FieldFault&) const = default;
};

/// Throws `invalid_input` with the first of these, if there are any.
void require_none(const std::vector<FieldFault>& faults);

}  // namespace reelwright::core
