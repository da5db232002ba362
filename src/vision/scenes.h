#pragma once

#include <vector>

#include "core/time.h"
#include "vision/analysis.h"
#include "vision/crop_path.h"
#include "vision/envelope.h"

namespace reelwright::vision {

/// What the camera shows for a while.
struct Scene {
  core::Span span;
  /// The stretch of which `span` is a part and for which the camera's path is laid, so that a return to a
  /// speaker is a return to the same path.
  core::Span whole;
  Layout layout = Layout::fit;
  std::vector<std::size_t> subjects;  ///< indices into Analysis::subjects; stacked: upper, lower; fit: none

  bool operator==(const Scene&) const = default;
};

/// The shape of the output and the source, both as shown.
struct Stage {
  int width = 0;  ///< of the source
  int height = 0;
  double aspect = 0;  ///< of the output, width over height

  /// The largest window of the output's shape inside the source.
  double window_width() const;
  double window_height() const;
  /// The whole picture has (nearly) the output's shape.
  bool shows_all() const;
};

/// Decides for every moment of the clip whom to show and how. Scenes follow each other without gaps; none
/// crosses a cut. Subjects go in the analysis's order, mostly a face before a person without one, and the one
/// who speaks before the others; people who fit into one window are shown together; where it cannot be told
/// who speaks, or turns are too quick, two are stacked; without anybody, or where a face is much larger than
/// the window, the whole picture is shown.
std::vector<Scene> plan_scenes(const Analysis& analysis, const Envelope& envelope, const Stage& stage);

}  // namespace reelwright::vision
