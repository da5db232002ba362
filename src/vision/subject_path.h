#pragma once

#include <vector>

#include "core/time.h"
#include "vision/boxes.h"
#include "vision/tracker.h"

namespace reelwright::vision {

/// A track as a smooth function of time: the detector's tremble taken out, gaps bridged, ends held.
class SubjectPath {
 public:
  explicit SubjectPath(const Track& track);

  /// Source pixels. Before the first and after the last sighting: the box there.
  Box at(core::Time time) const;
  Subject subject() const { return subject_; }
  core::Time first() const { return times_.front(); }
  core::Time last() const { return times_.back(); }

 private:
  Subject subject_;
  std::vector<core::Time> times_;
  std::vector<Box> boxes_;
};

/// The part of a subject that may never be cut: of a face the middle, ear to ear, without the air that its
/// box has at the sides; of anything else all.
Box core_of(const Box& box, Subject subject);

/// What should be seen of a subject: of a face the head with its hair and a little air, of anything else all.
Box kept(const Box& box, Subject subject);

}  // namespace reelwright::vision
