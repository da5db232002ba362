#include "media/audio_reader.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "media/resampler.h"
#include "media/sound_decoder.h"

namespace reelwright::media {

namespace {

/// Timestamps that are off by less are rounding or jitter of the container; more is a gap or an overlap.
constexpr core::Time jitter{std::chrono::milliseconds(20)};

}  // namespace

/// Sound is first laid gaplessly on a grid at the track's own rate that begins at `from`, then resampled: so
/// the first sample that comes out stands exactly there too.
struct AudioReader::State {
  Options options;
  SoundDecoder decoder;
  Resampler resampler;
  FramePtr held;          ///< to be laid once `gap` is filled
  std::int64_t gap = 0;   ///< samples of silence still to lay before `held`
  std::int64_t laid = 0;  ///< samples on the grid so far
  std::optional<std::int64_t>
      cursor;                ///< where on the grid the last frame ended, which may be before it begins
  core::Time grid_start;     ///< where sample 0 of the grid stands
  std::vector<float> ready;  ///< resampled, not yet taken
  std::size_t taken = 0;
  std::int64_t remaining = INT64_MAX;  ///< values still to deliver
  bool ended = false;

  State(const std::filesystem::path& file, const Options& wanted)
      : options(wanted),
        decoder(file, wanted.from, wanted.stream, wanted.stop),
        resampler(wanted.sample_rate, wanted.channels),
        grid_start(wanted.from) {
    if (!options.to) return;
    const std::int64_t length = std::max(core::Time::zero(), *options.to - options.from).count();
    remaining = av_rescale(length, options.sample_rate, AV_TIME_BASE) * options.channels;
  }

  void refill();
  void take_next();
  void place(FramePtr frame);
  std::int64_t start_of(const AVFrame& frame) const;
  std::int64_t samples(core::Time time) const {
    return av_rescale(time.count(), resampler.source_rate(), AV_TIME_BASE);
  }
};

/// Puts something into the empty `ready`, or ends.
void AudioReader::State::refill() {
  ready.clear();
  taken = 0;
  while (ready.empty() && !ended) {
    if (gap > 0) {
      // Hours of silence are made piece by piece.
      const std::int64_t piece = std::min(gap, Resampler::silence_piece);
      resampler.silence(piece, ready);
      gap -= piece;
      laid += piece;
    } else {
      take_next();
    }
  }
}

void AudioReader::State::take_next() {
  FramePtr frame = held ? std::move(held) : decoder.next();
  if (frame) {
    place(std::move(frame));
    return;
  }
  ended = true;
  resampler.flush(ready);
}

void AudioReader::State::place(FramePtr frame) {
  if (!resampler.fits(*frame)) {
    resampler.flush(ready);
    if (laid > 0) grid_start += core::Time{av_rescale(laid, AV_TIME_BASE, resampler.source_rate())};
    laid = 0;
    cursor.reset();
    resampler.accept(*frame);
  }
  const std::int64_t start = start_of(*frame);
  cursor = start;
  if (start > laid) {
    gap = start - laid;
    held = std::move(frame);
    return;
  }
  cursor = start + frame->nb_samples;
  const std::int64_t skip = std::min<std::int64_t>(laid - start, frame->nb_samples);
  if (skip == frame->nb_samples) return;
  resampler.convert(*frame, skip, ready);
  laid += frame->nb_samples - skip;
}

/// The sample of the grid where `frame` begins. Samples are counted from the first frame on; its own time
/// wins only where the two are further apart than jitter.
std::int64_t AudioReader::State::start_of(const AVFrame& frame) const {
  const std::optional<core::Time> time = decoder.time_of(frame);
  if (!time) return cursor.value_or(0);
  const std::int64_t place = samples(*time - grid_start);
  return cursor && std::abs(place - *cursor) <= samples(jitter) ? *cursor : place;
}

AudioReader::AudioReader(const std::filesystem::path& file, const Options& options)
    : state_(std::make_unique<State>(file, options)) {}
AudioReader::~AudioReader() = default;
AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;

std::size_t AudioReader::read(std::span<float> samples) {
  State& state = *state_;
  const auto wanted = static_cast<std::size_t>(
      std::min<std::int64_t>(static_cast<std::int64_t>(samples.size()), state.remaining));
  std::size_t written = 0;
  while (written < wanted) {
    if (state.taken == state.ready.size()) state.refill();
    if (state.ready.empty()) break;
    const std::size_t count = std::min(wanted - written, state.ready.size() - state.taken);
    std::copy_n(state.ready.begin() + static_cast<std::ptrdiff_t>(state.taken), count,
                samples.begin() + static_cast<std::ptrdiff_t>(written));
    state.taken += count;
    written += count;
  }
  if (state.options.to && written < wanted) {
    std::fill(samples.begin() + static_cast<std::ptrdiff_t>(written),
              samples.begin() + static_cast<std::ptrdiff_t>(wanted), 0.0F);
    written = wanted;
  }
  state.remaining -= static_cast<std::int64_t>(written);
  return written;
}

}  // namespace reelwright::media
