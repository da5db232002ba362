#pragma once

#include <filesystem>
#include <string>

#include "clips/options.h"
#include "core/context.h"
#include "core/error.h"
#include "core/time.h"
#include "core/usage.h"
#include "stage/workspace.h"

namespace reelwright::clips {

/// What happens on the way, for progress bars and event streams. Called from one thread at a time.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_progress(const std::string& stage, double fraction) = 0;  ///< of the whole job, 0 to 1
  virtual void on_stage(const std::string& stage, const core::Usage& usage, bool reused) = 0;
  virtual void on_warning(const core::Warning& warning) = 0;
  virtual void on_clip(int number, const std::string& title, core::Span span) = 0;  ///< one clip is rendered
};

/// Cuts `source` into clips: probe, sound, transcript, choice, and for each clip framing, captions and
/// rendering. What the workspace already holds is not made again. The folder `out` appears whole, with
/// `clips.json` and eight files a clip, or not at all; where it stands it must be empty, or hold only results
/// of this program and `overwrite` be set (else `conflict`). Throws what the rooms below throw.
void make_clips(const std::filesystem::path& source, const Options& options, const std::filesystem::path& out,
                bool overwrite, stage::Workspace& workspace, Observer& observer,
                const core::Context& context);

}  // namespace reelwright::clips
