#include "core/field_fault.h"

#include "core/error.h"

namespace reelwright::core {

void require_none(const std::vector<FieldFault>& faults) {
  if (faults.empty()) return;
  throw Error(ErrorCode::invalid_input, fmt::format("{} {}.", faults.front().field, faults.front().message));
}

}  // namespace reelwright::core
