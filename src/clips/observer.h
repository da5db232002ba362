#pragma once

#include <string>

#include "core/time.h"
#include "stage/observer.h"

namespace reelwright::clips {

/// What happens on the way, for progress bars and event streams. Called from one thread at a time.
class Observer : public stage::Observer {
 public:
  virtual void on_clip(int number, const std::string& title, core::Span span) = 0;  ///< one clip is rendered
};

}  // namespace reelwright::clips
