#pragma once

#include <chrono>
#include <cstdint>

#include "core/usage.h"
#include "jobs/message.h"

namespace reelwright::jobs {

/// What a job may take.
struct ChildLimits {
  std::chrono::milliseconds time = std::chrono::hours(4);
  std::int64_t memory_mib = 4096;
  std::int64_t disk_mib = 20480;
  std::chrono::milliseconds stop_grace{500};                      ///< from the word `stop` to the kill
  std::chrono::milliseconds end_grace = std::chrono::seconds(5);  ///< from its last word to the kill
};

/// Why a worker ended a child.
enum class Broken { nothing, time, memory, disk, nonsense };

/// How a child ended.
struct ChildEnd {
  enum class How {
    done,     ///< it said so
    failed,   ///< for the reason in `why`
    stopped,  ///< because it was told to
  };
  How how = How::failed;
  Failed why{};
  core::Usage usage{};
};

/// The reason for what broke a limit.
Failed limit_broken(Broken limit, const ChildLimits& limits);

/// The reason for an end without a word; `status` is as `wait` tells it.
Failed ended_silently(int status, const ChildLimits& limits);

}  // namespace reelwright::jobs
