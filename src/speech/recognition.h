#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/context.h"
#include "core/time.h"
#include "speech/chunker.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// The words of a chunk, in order; one for each thread.
using ChunkRecogniser =
    std::function<std::vector<transcript::Word>(const Chunk& chunk, const std::stop_token& stop)>;

/// Has all chunks of `source` recognised on `context.threads` threads, each by what `make` gives it at its
/// first chunk. `duration` is how long the source is expected to be, for the progress. The words come in
/// order, the same for any number of threads.
std::vector<transcript::Word> recognise_chunks(
    Chunker::Source source, core::Time duration,
    const std::function<ChunkRecogniser(const std::stop_token& making)>& make, const core::Context& context);

/// All speech that `source` holds, by PocketSphinx, as `recognise_chunks` gives it; the words do not overlap.
/// Chunks in which nobody speaks (laughter, breath, music) give none.
std::vector<transcript::Word> recognise_all(Chunker::Source source, core::Time duration,
                                            const core::Context& context);

}  // namespace reelwright::speech
