#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/time.h"
#include "speech/voice_activity.h"

namespace reelwright::speech {

/// A stretch of sound with a voice in it.
struct Chunk {
  core::Time start{};
  std::vector<std::int16_t> samples;  ///< 16 kHz mono
  std::size_t voiced = 0;             ///< how many of its 10 ms frames are active and have a pitch
  double steady = 0;  ///< share of all frames with a pitch that hold it as no speaker does: a note, a hum

  std::vector<bool> active{};  ///< of each 10 ms: whether it stands out of the noise

  core::Time end() const;
};

/// Cuts a stream of 16 kHz mono sound into chunks of at most 30 s that hold the voices and little else. A
/// chunk ends at a long pause, else at the quietest point of where it may end. Holds at most a chunk and a
/// few seconds, however long the stream. Chunks come in order and do not overlap. Not thread-safe.
class Chunker {
 public:
  struct Options {
    core::Time shortest = std::chrono::seconds(5);  ///< no cut inside running speech earlier than this
    core::Time longest = std::chrono::seconds(12);  ///< at most 30 s
    core::Time pause = std::chrono::seconds(2);     ///< a pause this long always ends a chunk
  };

  /// Fills the samples as far as it can and returns how many; 0 ends the stream.
  using Source = std::function<std::size_t(std::span<float>)>;

  Chunker(Source source, const Options& options);

  /// The next chunk, or nothing at the end. What the source throws passes through.
  std::optional<Chunk> next();

  /// How much of the stream has been read.
  core::Time position() const;

 private:
  bool read_more();
  void skip_silence();
  std::optional<std::size_t> find_end() const;
  std::size_t quietest(std::size_t from, std::size_t to) const;
  Chunk take(std::size_t frames);
  void drop(std::size_t frames);

  Source source_;
  std::size_t shortest_;
  std::size_t longest_;
  std::size_t pause_;
  FrameAnalyser analyser_;
  VoiceActivity activity_;
  std::deque<std::int16_t> samples_;  ///< from frame `base_` on
  std::deque<Activity> frames_;       ///< verdicts from frame `base_` on
  std::size_t base_ = 0;
  std::size_t read_ = 0;  ///< samples read from the source
  bool ended_ = false;
};

}  // namespace reelwright::speech
