#include "speech/sound_windows.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace reelwright::speech {

namespace {

core::Time at_sample(std::size_t sample) {
  return core::Time(static_cast<std::int64_t>(sample) * 1'000'000 / sample_rate);
}

}  // namespace

SoundWindows::SoundWindows(Chunker::Source source, std::size_t length, std::size_t step)
    : source_(std::move(source)), length_(length), step_(step) {}

void SoundWindows::fill() {
  std::size_t filled = samples_.size();
  samples_.resize(length_);
  while (filled < length_) {
    const std::size_t count = source_(std::span(samples_).subspan(filled));
    if (count == 0) break;
    filled += count;
  }
  ended_ = filled < length_;
  samples_.resize(filled);
}

std::optional<SoundWindow> SoundWindows::next() {
  if (ended_) return std::nullopt;
  const std::size_t known = samples_.size();
  fill();
  // What comes behind the last whole window was heard in it already where nothing more came.
  if (samples_.size() == known) return std::nullopt;
  SoundWindow window{{at_sample(start_), at_sample(start_ + samples_.size())}, samples_};
  for (float& sample : window.samples)
    sample = std::isfinite(sample) ? std::clamp(sample, -1.0F, 1.0F) : 0.0F;
  window.samples.resize(length_);
  const std::size_t done = std::min(step_, samples_.size());
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(done));
  start_ += done;
  return window;
}

}  // namespace reelwright::speech
