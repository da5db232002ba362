#pragma once

#include <functional>
#include <vector>

#include "core/context.h"
#include "core/time.h"
#include "speech/chunker.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Recognises all speech that `source` holds, on `context.threads` threads. `duration` is how long the source
/// is expected to be, for the progress. The words come in order of their starts and do not overlap; the same
/// for any number of threads. Chunks in which nobody speaks (laughter, breath, music) give none.
std::vector<transcript::Word> recognise_all(Chunker::Source source, core::Time duration,
                                            const core::Context& context);

}  // namespace reelwright::speech
