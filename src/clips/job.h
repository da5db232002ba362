#pragma once

#include <filesystem>
#include <string>

#include "clips/observer.h"
#include "clips/options.h"
#include "clips/results.h"
#include "core/context.h"
#include "net/transport.h"
#include "stage/workspace.h"

namespace reelwright::clips {

/// What clips are cut from.
struct SourceFile {
  std::filesystem::path file;
  std::string identity;  ///< of its content: what was made of the same content is found again by it
};

/// Cuts `source` into clips: probe, sound, transcript, choice, and for each clip framing, captions and
/// rendering. What the workspace already holds is not made again; what nothing of this job needs is taken out
/// of it at the end. Each clip goes to `results` as soon as it is finished. `transport` calls the engines
/// that the options give to servers; may be null where there are none. Throws what the rooms below and
/// `results` throw.
void make_clips(const SourceFile& source, const Options& options, Results& results,
                stage::Workspace& workspace, Observer& observer, const core::Context& context,
                net::Transport* transport = nullptr);

}  // namespace reelwright::clips
