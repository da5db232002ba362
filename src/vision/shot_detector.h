#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "core/time.h"
#include "media/scaler.h"
#include "vision/pixels.h"

namespace reelwright::vision {

/// Finds the cuts in a stream of small luma pictures.
///
/// A cut is a frame whose change against the frame before is large, stands out from the changes around it
/// (the adaptive threshold, as in PySceneDetect's AdaptiveDetector), and lasts: the pictures before and after
/// it differ, so a photographer's flash is none. A fade through black is a cut at its darkest frame. Slow
/// dissolves between two pictures are not found.
///
/// Frames may come at any rate; a cut is the true time of the first frame of its shot. Holds some ten
/// thumbnails.
class ShotDetector {
 public:
  /// Adds the next frame. Times rise. Returns whether it may begin a shot: an early guess from the past
  /// alone.
  bool add(const media::Picture& luma, core::Time time);

  /// The times of the first frames of all shots but the first, rising. Call once, after the last frame.
  std::vector<core::Time> finish();

 private:
  struct Entry {
    core::Time time;
    Pixels thumbnail;
    double change = 0;  ///< mean absolute difference to the frame before, grey levels
    double level = 0;   ///< mean grey level
  };

  void judge(std::size_t index);
  void note_cut(core::Time time, double change);

  std::deque<Entry> entries_;
  std::size_t judged_ = 0;  ///< entries before this one have been judged
  std::vector<core::Time> cuts_;
  double last_change_ = 0;             ///< of the last cut
  std::optional<core::Time> darkest_;  ///< of the black stretch that is being passed
  double darkest_level_ = 0;
  bool seen_picture_ = false;
};

}  // namespace reelwright::vision
