#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace reelwright::server {

/// What is wrong with one field of a request.
struct FieldError {
  std::string field;  ///< where: `clips[0].start`
  std::string message;

  bool operator==(const FieldError&) const = default;
};

/// `invalid_input` with the fields that are to blame.
class InvalidFields : public core::Error {
 public:
  explicit InvalidFields(std::vector<FieldError> errors);

  const std::vector<FieldError>& errors() const { return errors_; }

 private:
  std::vector<FieldError> errors_;
};

}  // namespace reelwright::server
