#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/context.h"
#include "speech/chunker.h"
#include "speech/whisper_decoder.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

struct Recognised {
  std::vector<transcript::Word> words;  ///< in order, none overlaps the next
  std::vector<core::Time> loops;        ///< where stretches begin that were heard as loops, twice
};

/// Decodes all speech that `source` holds, as many windows at a time as `context.threads` and memory allow;
/// the same for any number. `duration` is how long the source is expected to be, for the progress.
Recognised recognise_with_whisper(const std::shared_ptr<const WhisperModel>& model, const WhisperTask& task,
                                  Chunker::Source source, core::Time duration, const core::Context& context);

/// The language that is spoken in most of `source`: the mean over up to eight windows from all over it, since
/// beginnings are often music or a greeting in another tongue. English where nobody speaks.
std::string detect_language(const std::shared_ptr<const WhisperModel>& model, Chunker::Source source,
                            const core::Context& context);

/// How many decoders of `decoder_bytes` may work at a time: no more than `threads`, and together in at most
/// half of `available` bytes of memory. At least one.
unsigned decoders_that_fit(unsigned threads, std::uint64_t decoder_bytes, std::uint64_t available);

}  // namespace reelwright::speech
