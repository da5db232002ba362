#pragma once

#include <string>

#include "clips/job_stages.h"

namespace reelwright::clips {

/// By what the artifacts of a clip are found: not by its number, which may change.

/// What a clip shows of the source.
std::string clip_key(const Source& source, const Plan& plan);

/// The same with the camera's way.
std::string camera_key(const Source& source, const Plan& plan);

}  // namespace reelwright::clips
