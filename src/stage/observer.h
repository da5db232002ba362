#pragma once

#include <string>

#include "core/error.h"
#include "core/usage.h"

namespace reelwright::stage {

/// What happens on the way, for progress bars and event streams. Called from one thread at a time.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_progress(const std::string& stage, double fraction) = 0;  ///< of the whole job, 0 to 1
  virtual void on_stage(const std::string& stage, const core::Usage& usage, bool reused) = 0;
  virtual void on_warning(const core::Warning& warning) = 0;
};

}  // namespace reelwright::stage
