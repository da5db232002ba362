#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "speech/chunker.h"
#include "speech/whisper_guard.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

struct Recognised {
  std::vector<transcript::Word> words;  ///< in order, none overlaps the next
  std::vector<core::Time> loops;        ///< where stretches begin that were heard as loops, to the last
};

/// Models that hear a window (16 kHz mono, 0.2 to 28 s) at a time.
struct WindowDecoders {
  using Hear = std::function<Hearing(const std::vector<float>& samples, const std::stop_token& stop)>;

  std::uint64_t bytes = 0;                     ///< about how much memory one takes
  std::function<Hear(unsigned threads)> make;  ///< one that computes on so many
};

/// Decodes all speech that `source` holds, as many windows at a time as `context.threads` and memory allow;
/// the same for any number. `duration` is how long the source is expected to be, for the progress.
Recognised recognise_windows(Chunker::Source source, core::Time duration, const WindowDecoders& decoders,
                             const core::Context& context);

/// The words in segments, what there is to say of them in `warnings`.
std::vector<transcript::Segment> told(Recognised found, std::vector<core::Warning>& warnings);

/// How many decoders of `decoder_bytes` may work at a time: no more than `threads`, and together in at most
/// half of `available` bytes of memory. At least one.
unsigned decoders_that_fit(unsigned threads, std::uint64_t decoder_bytes, std::uint64_t available);

}  // namespace reelwright::speech
