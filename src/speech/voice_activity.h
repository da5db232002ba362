#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "speech/frame_analyser.h"

namespace reelwright::speech {

/// A frame with the verdict on it.
struct Activity {
  float level = Frame::silence;
  bool active = false;  ///< stands out of the noise around it
  float pitch = 0;      ///< as in `Frame`, active or not
};

/// Tells sound that stands out from the noise of the room. The noise floor at a frame is the minimum of the
/// smoothed power within four seconds before and after it (minimum statistics, Martin 2001, here with
/// look-ahead, since nothing is live), so it follows fans, crowds and gain controls. Verdicts come four
/// seconds late. Constant memory; not thread-safe.
class VoiceActivity {
 public:
  static constexpr std::size_t reach = std::size_t{4} * frames_per_second;

  /// Appends the verdicts that have become possible, in order.
  void feed(std::span<const Frame> frames, std::vector<Activity>& into);

  /// The stream ended: appends the verdicts still owed.
  void finish(std::vector<Activity>& into);

 private:
  struct Low {
    std::size_t frame;
    double power;
  };

  void add(const Frame& frame);
  Activity judge(std::size_t frame) const;

  std::deque<Frame> waiting_;     ///< frames whose verdict is owed; the first is frame `judged_`
  std::deque<double> smoothing_;  ///< powers of the last frames
  double smoothed_sum_ = 0;
  std::deque<Low> lows_;  ///< rising: the first is the minimum of the window
  std::size_t seen_ = 0;
  std::size_t judged_ = 0;
};

}  // namespace reelwright::speech
