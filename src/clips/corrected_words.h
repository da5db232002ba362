#pragma once

#include "clips/plan.h"
#include "transcript/transcript.h"

namespace reelwright::clips {

/// `transcript` with the words that the user corrected for this clip instead of those it has there. Each of
/// them joins the segment, and so the speaker, that is nearest to it.
transcript::Transcript corrected(const transcript::Transcript& transcript, const Plan& plan);

}  // namespace reelwright::clips
