#pragma once

#include <vector>

#include "clips/index.h"
#include "media/probe.h"
#include "stage/output_folder.h"

namespace reelwright::clips {

/// One clip with all its files.
struct FinishedClip {
  IndexClip facts;  ///< what `clips.json` says of it; `to_text` makes JSON of it
  std::vector<stage::FinishedFile> files;
  bool reused = false;  ///< the workspace held all of it already
};

/// Where the clips of a job go. Called from the thread of `make_clips`; what is thrown ends the job.
class Results {
 public:
  virtual ~Results() = default;

  /// Once, before any work: what the source is, which can be cut.
  virtual void on_source(const media::SourceFacts&) {}

  /// Each clip as soon as it is finished, by rising number.
  virtual void on_clip(const FinishedClip& clip) = 0;

  /// Once, at the end, with all that there is: clips that were published before and are not among these are
  /// no longer wanted.
  virtual void on_done(const Index&) {}
};

}  // namespace reelwright::clips
