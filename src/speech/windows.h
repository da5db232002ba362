#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/time.h"
#include "speech/chunker.h"

namespace reelwright::speech {

/// Sound that a model takes in one go: chunks behind each other, the pauses between them shortened.
struct Window {
  /// A chunk in it.
  struct Piece {
    core::Time start{};   ///< in the window
    core::Span source{};  ///< of the recording
  };

  std::vector<float> samples;  ///< 16 kHz mono, -1 to 1
  std::vector<bool> active;    ///< of each 10 ms: whether it stands out of the noise
  std::vector<Piece> pieces;   ///< in order, at least one

  core::Time duration() const;
  core::Time end() const { return pieces.back().source.end; }

  /// When in the recording that is which is at `span` of the window. What reaches over several pieces is cut
  /// to the one that it has most of; what lies between two goes to the nearer one's edge.
  core::Span at_source(core::Span span) const;

  /// `span` without the silence at its ends; where it holds a pause (0.3 s), only the side of it with more
  /// sound. As it is where there is no sound in it at all.
  core::Span spoken_part(core::Span span) const;
};

/// Packs chunks into windows, in order. A chunk that holds one pitch as no voice does (a hum, a note) is left
/// out. Not thread-safe.
class Windower {
 public:
  struct Options {
    core::Time longest = std::chrono::seconds(28);
    core::Time pause = std::chrono::milliseconds(500);  ///< what is left of a longer one between two chunks
  };

  /// `chunks` gives the next one (at most as long as a window), nothing at the end.
  Windower(std::function<std::optional<Chunk>()> chunks, const Options& options)
      : chunks_(std::move(chunks)), options_(options) {}

  /// Nothing at the end. What `chunks` throws passes through.
  std::optional<Window> next();

 private:
  std::optional<Chunk> next_chunk();

  std::function<std::optional<Chunk>()> chunks_;
  Options options_;
  std::optional<Chunk> waiting_;
};

/// The windows of all voices in `source`, of at most `longest` each.
Windower voice_windows(Chunker::Source source, core::Time longest = Windower::Options{}.longest);

}  // namespace reelwright::speech
