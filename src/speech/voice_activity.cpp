#include "speech/voice_activity.h"

#include <algorithm>
#include <cmath>

namespace reelwright::speech {

namespace {

constexpr std::size_t smoothed_frames = 10;
constexpr float above_floor = 8;        // dB that speech stands over the quietest tenth of a second
constexpr float quietest_speech = -58;  // dB of full scale; below this nothing is worth recognising

double power_of(float level) { return std::pow(10.0, level / 10.0); }

}  // namespace

void VoiceActivity::add(const Frame& frame) {
  waiting_.push_back(frame);
  smoothing_.push_back(power_of(frame.level));
  smoothed_sum_ += smoothing_.back();
  if (smoothing_.size() > smoothed_frames) {
    smoothed_sum_ -= smoothing_.front();
    smoothing_.pop_front();
  }
  // Sums of differences drift; a negative sum would be a floor of minus infinity.
  const double smoothed = std::max(smoothed_sum_ / smoothed_frames, power_of(Frame::silence));
  if (smoothing_.size() == smoothed_frames) {
    while (!lows_.empty() && lows_.back().power >= smoothed) lows_.pop_back();
    lows_.push_back({seen_, smoothed});
  }
  ++seen_;
}

Activity VoiceActivity::judge(std::size_t frame) const {
  const Frame& f = waiting_[frame - judged_];
  const double floor = lows_.empty() ? power_of(Frame::silence) : lows_.front().power;
  const float threshold = std::max(static_cast<float>(10 * std::log10(floor)) + above_floor, quietest_speech);
  const bool active = f.level > threshold;
  return {f.level, active, f.pitch};
}

void VoiceActivity::feed(std::span<const Frame> frames, std::vector<Activity>& into) {
  for (const Frame& frame : frames) {
    add(frame);
    if (waiting_.size() <= reach) continue;
    while (!lows_.empty() && lows_.front().frame + reach < judged_) lows_.pop_front();
    into.push_back(judge(judged_));
    waiting_.pop_front();
    ++judged_;
  }
}

void VoiceActivity::finish(std::vector<Activity>& into) {
  while (!waiting_.empty()) {
    while (lows_.size() > 1 && lows_.front().frame + reach < judged_) lows_.pop_front();
    into.push_back(judge(judged_));
    waiting_.pop_front();
    ++judged_;
  }
}

}  // namespace reelwright::speech
