#pragma once

#include <vector>

#include "core/time.h"
#include "vision/boxes.h"
#include "vision/detector.h"
#include "vision/kalman.h"

namespace reelwright::vision {

/// Where a track's subject was seen.
struct Sighting {
  core::Time time;
  Box box;  ///< source pixels as shown
};

/// The same subject's boxes over time, within one shot.
struct Track {
  int id = 0;  ///< unique in its clip
  Subject subject = Subject::face;
  std::vector<Sighting> sightings;  ///< rising times, at least one
};

/// Joins the detections of moment after moment to tracks: a Kalman filter predicts each box, and detections
/// are assigned to predictions so that the sum of overlaps is greatest (Kuhn's Hungarian method, 1955), as in
/// SORT (Bewley et al. 2016).
class Tracker {
 public:
  /// A track that is alive, as predicted for the moment asked for.
  struct Prediction {
    std::size_t track;  ///< index into tracks()
    Box box;
    int misses;  ///< moments since it was last seen
  };

  /// Where the live tracks should be at `time`, which is not before the last update.
  std::vector<Prediction> predict(core::Time time) const;

  /// One moment's detections (source pixels). A track that is missed `patience` moments in a row ends.
  void update(core::Time time, const std::vector<Detection>& detections, int patience);

  /// Ends all live tracks: a new shot begins.
  void cut() { live_.clear(); }

  const std::vector<Track>& tracks() const { return tracks_; }
  std::vector<Track> take() { return std::move(tracks_); }

 private:
  struct Live {
    std::size_t track;
    Kalman x, y, width, height;
    core::Time time;
    int misses = 0;
  };

  void begin(core::Time time, const Detection& detection);
  Box box_at(const Live& live, core::Time time) const;

  std::vector<Track> tracks_;
  std::vector<Live> live_;
};

}  // namespace reelwright::vision
