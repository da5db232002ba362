#include "media/clip_sound.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "media/audio_reader.h"
#include "media/loudness.h"
#include "media/probe.h"
#include "media/true_peak_limiter.h"

namespace reelwright::media {

namespace {

/// Half a decibel under the promise: the AAC encoder adds overshoots of its own.
constexpr double ceiling_dbtp = -1.7;

/// Limiting costs loudness, which more gain brings back; this much at most, and in so many rounds.
constexpr double most_makeup = 9;
constexpr int makeup_rounds = 4;
constexpr double close_enough = 0.3;

/// What is added comes out smaller by the limiting of it: by so much at first, and at most.
constexpr double makeup_slope = 1.2;
constexpr double steepest_slope = 3;

/// What was missing by less is made up well enough in one go.
constexpr double predictable = 0.6;

/// By so many dB the true peak may be over the highest sample in all but test signals.
constexpr double between_samples = 3;

constexpr std::size_t block_samples = 4800;
constexpr int fade_samples = ClipSound::sample_rate / 100;

}  // namespace

struct ClipSound::State {
  std::filesystem::path file;
  core::Span span;
  std::stop_token stop;
  bool has_sound;
  double gain_db = 0;
  bool limited = false;
  LoudnessMeter meter{sample_rate, true};

  // Of the pass under way.
  std::optional<AudioReader> reader;
  std::optional<TruePeakLimiter> limiter;
  std::size_t total;          ///< samples a channel of the whole clip
  std::size_t delivered = 0;  ///< samples a channel
  std::vector<float> block;
  std::vector<float> out;

  State(const std::filesystem::path& source, const core::Span& wanted, std::stop_token stopped, bool sound)
      : file(source), span(wanted), stop(std::move(stopped)), has_sound(sound) {
    total = static_cast<std::size_t>(std::llround(core::to_seconds(span.duration()) * sample_rate));
  }

  void rewind();
  void fill();
  void fade(std::span<float> samples) const;
  LoudnessMeter measure(const core::Context& context);
  void choose_gain(const core::Context& context);
};

void ClipSound::State::rewind() {
  if (has_sound)
    reader.emplace(
        file,
        AudioReader::Options{
            .sample_rate = sample_rate, .channels = 2, .from = span.start, .to = span.end, .stop = stop});
  limiter.reset();
  if (limited) limiter.emplace(sample_rate, decibels_to_factor(ceiling_dbtp));
  delivered = 0;
}

/// Puts the next finished samples into `out`; none at the end.
void ClipSound::State::fill() {
  out.clear();
  while (out.empty() && delivered < total) {
    block.resize(2 * block_samples);
    const std::size_t got = reader ? reader->read(block) : block.size();
    if (!reader) std::ranges::fill(block, 0.0F);
    block.resize(got);
    const auto factor = static_cast<float>(decibels_to_factor(gain_db));
    for (float& sample : block) sample *= factor;
    if (!limiter) {
      // A span longer than the reader's rounding of it ends in silence.
      if (got == 0) block.assign(2 * (total - delivered), 0.0F);
      out.swap(block);
    } else if (got > 0) {
      limiter->process(block, out);
    } else {
      limiter->flush(out);
      out.resize(2 * (total - delivered), 0.0F);
    }
  }
  out.resize(std::min(out.size(), 2 * (total - delivered)));
  fade(out);
  delivered += out.size() / 2;
}

/// In over the first 10 ms of the clip, out over the last.
void ClipSound::State::fade(std::span<float> samples) const {
  for (std::size_t i = 0; i < samples.size() / 2; ++i) {
    const std::size_t from_edge = std::min(delivered + i, total - 1 - (delivered + i));
    if (from_edge >= fade_samples) continue;
    const float factor = static_cast<float>(from_edge) / fade_samples;
    samples[2 * i] *= factor;
    samples[2 * i + 1] *= factor;
  }
}

LoudnessMeter ClipSound::State::measure(const core::Context& context) {
  LoudnessMeter measured(sample_rate, false);
  rewind();
  for (fill(); !out.empty(); fill()) {
    context.check();
    measured.add(out);
  }
  return measured;
}

void ClipSound::State::choose_gain(const core::Context& context) {
  const LoudnessMeter raw = measure(context);
  gain_db = gain_towards(target_lufs, raw.loudness());
  limited = raw.peak() + gain_db > ceiling_dbtp - between_samples;
  if (!limited || raw.loudness() <= silence_lufs) return;
  const double most = gain_db + most_makeup;
  const double aim = std::min(target_lufs, raw.loudness() + gain_db);
  double slope = makeup_slope;  // dB of gain that bring one LU: found out as by the secant method
  double last_missing = 0;
  double added = 0;
  for (int round = 0; round < makeup_rounds; ++round) {
    const double missing = aim - measure(context).loudness();
    if (std::abs(missing) < close_enough) return;
    if (round > 0) slope = std::clamp(added / (last_missing - missing), makeup_slope, steepest_slope);
    added = std::min(most, gain_db + slope * missing) - gain_db;
    gain_db += added;
    if (added == 0 || std::abs(missing) < predictable) return;
    last_missing = missing;
  }
}

ClipSound::ClipSound(const std::filesystem::path& file, const core::Span& span, const core::Context& context)
    : state_(std::make_unique<State>(file, span, context.stop, probe(file).has_sound())) {
  if (state_->has_sound) state_->choose_gain(context);
  state_->rewind();
}
ClipSound::~ClipSound() = default;

std::span<const float> ClipSound::next() {
  state_->fill();
  if (!state_->out.empty()) state_->meter.add(state_->out);
  return state_->out;
}

double ClipSound::loudness() const { return state_->meter.loudness(); }
double ClipSound::true_peak() const { return state_->meter.peak(); }

}  // namespace reelwright::media
