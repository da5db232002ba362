#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/context.h"
#include "core/time.h"
#include "vision/detector_choice.h"
#include "vision/framing.h"
#include "vision/mouth_motion.h"
#include "vision/shots.h"
#include "vision/tracker.h"

namespace reelwright::vision {

struct MotionSample {
  core::Time time;
  FaceMotion motion;
};

/// A subject's boxes over time, and how its mouth moves (empty for people without a face).
struct TrackedSubject {
  Track track;
  std::vector<MotionSample> motion;
};

/// What one pass over a clip's frames sees.
struct Analysis {
  int width = 0;  ///< of the source as shown
  int height = 0;
  std::vector<Shot> shots;  ///< cover the clip without gaps
  std::vector<TrackedSubject> subjects;
  std::string engine;
  /// What the camera may follow, the most wanted first; subjects of other kinds are passed over.
  std::vector<Subject> order = {Subject::face, Subject::person};
};

/// Decodes the clip once, without pictures that no other refers to: cuts, to the exact picture; faces (and
/// other subjects, where no face is or where they are wanted more) some times a second; mouths at up to 15
/// frames a second. Faces are looked for in the whole picture once a second and else only where the tracks
/// are expected.
Analysis analyse(const std::filesystem::path& source, core::Span clip, const core::Context& context,
                 const DetectorChoice& choice = {});

}  // namespace reelwright::vision
