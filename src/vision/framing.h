#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "core/time.h"
#include "media/scaler.h"
#include "vision/crop_path.h"
#include "vision/detector_choice.h"
#include "vision/shots.h"

namespace reelwright::vision {

/// What to frame, and for which output.
struct FramingRequest {
  core::Span clip;         ///< on the source's timeline
  double frame_rate = 30;  ///< of the output: keyframe i stands at clip.start + i / frame_rate
  int aspect_width = 9;    ///< the output's shape; the source's own size means the whole picture
  int aspect_height = 16;
  std::filesystem::path sound;  ///< where the sound is, mostly the source itself; empty: there is none
  DetectorChoice detectors{};
};

/// How well the camera holds its subject; every value is finite, shares are 0 to 1 of the clip's frames.
struct FramingReport {
  double subject_share = 0;  ///< frames with a subject
  /// Of the frames with a subject: its face, ear to ear (body, where no face is seen), is whole in a window.
  double inside_share = 0;
  double crop_share = 0;  ///< frames in each layout
  double fit_share = 0;
  double stacked_share = 0;
  double reversals_per_second = 0;  ///< turns of the camera from left to right or back, inside shots
  double jerk = 0;  ///< mean |third derivative| of the window's centre, picture widths per s^3, inside shots
  std::string engine;  ///< the detectors that were used
};

/// The faces on one analysed frame, in shown source pixels.
struct FacesAt {
  core::Time time;
  std::vector<media::Window> faces;

  bool operator==(const FacesAt&) const = default;
};

struct Framing {
  CropPath path;
  FramingReport report;
  std::vector<Shot> shots;  ///< of the clip, without gaps; the first starts and the last ends with the clip
  std::vector<core::Warning> warnings;  ///< `no_subject`
  std::vector<FacesAt> faces;           ///< rising times, several a second; for keeping captions clear
};

/// Finds shots, people and who of them speaks in one pass over the clip's frames, then lays the camera's
/// path. Memory does not grow with the frames, only (by some hundred bytes) with each analysed moment. The
/// same input gives the same result for any number of threads. Throws `unsupported_media` where there is no
/// picture.
Framing frame_clip(const std::filesystem::path& source, const FramingRequest& request,
                   const core::Context& context);

}  // namespace reelwright::vision
