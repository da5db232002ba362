#include "speech/chunker.h"

#include <algorithm>
#include <cmath>

namespace reelwright::speech {

namespace {

constexpr std::size_t margin = 25;        // frames kept around speech: soft first and last consonants
constexpr std::size_t quiet_width = 30;   // frames a cut is judged on
constexpr std::size_t fewest_voiced = 6;  // frames; less voice than this is a knock or a click
constexpr std::size_t read_samples = 8000;

std::size_t in_frames(core::Time time) {
  return static_cast<std::size_t>(std::max<std::int64_t>(1, time / std::chrono::milliseconds(10)));
}

core::Time at_sample(std::size_t sample) {
  return core::Time{static_cast<std::int64_t>(sample) * 1'000'000 / sample_rate};
}

// Counts frames with a pitch, and those in runs of a fifth of a second whose pitch stays within a quarter of
// a semitone.
class PitchCounter {
 public:
  void add(const Activity& frame) {
    const float pitch = frame.pitch;
    pitched_ += pitch > 0 ? 1 : 0;
    voiced_ += frame.active && pitch > 0 ? 1 : 0;
    const float low = std::min(lowest_, pitch);
    const float high = std::max(highest_, pitch);
    if (pitch > 0 && run_ > 0 && high < low * 1.015F) {
      lowest_ = low;
      highest_ = high;
      ++run_;
    } else {
      run_ = pitch > 0 ? 1 : 0;
      lowest_ = highest_ = pitch;
    }
    if (run_ == long_run) steady_ += long_run;
    if (run_ > long_run) ++steady_;
  }
  std::size_t voiced() const { return voiced_; }
  double steady() const {
    return static_cast<double>(steady_) / std::max(1.0, static_cast<double>(pitched_));
  }

 private:
  static constexpr std::size_t long_run = 20;

  std::size_t voiced_ = 0;
  std::size_t pitched_ = 0;
  std::size_t steady_ = 0;
  std::size_t run_ = 0;
  float lowest_ = 0;
  float highest_ = 0;
};

}  // namespace

core::Time Chunk::end() const { return start + at_sample(samples.size()); }

Chunker::Chunker(Source source, const Options& options)
    : source_(std::move(source)),
      shortest_(in_frames(options.shortest)),
      longest_(std::max(in_frames(options.longest), shortest_ + 1)),
      pause_(in_frames(options.pause)) {}

core::Time Chunker::position() const { return at_sample(read_); }

bool Chunker::read_more() {
  if (ended_) return false;
  std::vector<float> block(read_samples);
  const std::size_t count = source_(block);
  std::vector<Frame> frames;
  std::vector<Activity> verdicts;
  analyser_.feed(std::span(block).first(count), frames);
  activity_.feed(frames, verdicts);
  if (count == 0) {
    ended_ = true;
    activity_.finish(verdicts);
  }
  read_ += count;
  for (std::size_t i = 0; i < count; ++i) samples_.push_back(to_int16(block[i]));
  frames_.insert(frames_.end(), verdicts.begin(), verdicts.end());
  return true;
}

std::optional<Chunk> Chunker::next() {
  while (true) {
    skip_silence();
    if (const auto end = find_end()) {
      Chunk chunk = take(*end);
      if (chunk.voiced >= fewest_voiced) return chunk;
    } else if (!read_more()) {
      return std::nullopt;
    }
  }
}

void Chunker::skip_silence() {
  const auto first = std::ranges::find_if(frames_, &Activity::active);
  const auto quiet = static_cast<std::size_t>(first - frames_.begin());
  if (quiet > margin) drop(quiet - margin);
}

// Where the chunk that begins with the buffer ends, in frames; nothing while that cannot be said yet.
std::optional<std::size_t> Chunker::find_end() const {
  std::optional<std::size_t> last_active;
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    if (frames_[i].active) last_active = i;
    if (last_active && i - *last_active >= pause_) return *last_active + 1 + margin;
    if (last_active && i + 1 >= longest_) return quietest(shortest_, longest_);
  }
  if (!ended_ || !last_active) return std::nullopt;
  return std::min(frames_.size(), *last_active + 1 + margin);
}

std::size_t Chunker::quietest(std::size_t from, std::size_t to) const {
  const auto power = [&](std::size_t i) { return std::pow(10.0, frames_[i].level / 10.0); };
  const std::size_t half = std::min(quiet_width / 2, from);
  std::size_t best = to;
  double lowest = INFINITY;
  for (std::size_t middle = from; middle + half <= to; ++middle) {
    double sum = 0;
    for (std::size_t i = middle - half; i < middle + half; ++i) sum += power(i);
    if (sum <= lowest) {  // the latest of equals: longer chunks know more context
      lowest = sum;
      best = middle;
    }
  }
  return best;
}

Chunk Chunker::take(std::size_t frames) {
  Chunk chunk;
  chunk.start = at_sample(base_ * frame_samples);
  const auto count = static_cast<std::ptrdiff_t>(std::min(frames * frame_samples, samples_.size()));
  chunk.samples.assign(samples_.begin(), samples_.begin() + count);
  PitchCounter counter;
  for (std::size_t i = 0; i < frames; ++i) {
    counter.add(frames_[i]);
    chunk.active.push_back(frames_[i].active);
  }
  chunk.voiced = counter.voiced();
  chunk.steady = counter.steady();
  drop(frames);
  return chunk;
}

void Chunker::drop(std::size_t frames) {
  frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(frames));
  const std::size_t samples = std::min(frames * frame_samples, samples_.size());
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(samples));
  base_ += frames;
}

}  // namespace reelwright::speech
