#pragma once

#include <cstddef>
#include <vector>

#include "core/context.h"
#include "speech/local_voices.h"

namespace reelwright::speech {

/// Which speaker each of `voices` is, numbered from 0. Clear voices are joined by `agglomerate`, up to
/// `distance` or to just `speakers` of them where that is not 0; each other one goes to the speaker whom it
/// is nearest to. Where none is clear all count as if they were. Throws `cancelled`.
std::vector<std::size_t> find_speakers(const std::vector<LocalVoice>& voices, std::size_t speakers,
                                       double distance, const core::Context& context);

}  // namespace reelwright::speech
