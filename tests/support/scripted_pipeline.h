#pragma once

#include "jobs/pipeline.h"
#include "net/transport.h"

namespace reelwright::testing {

/// A pipeline whose jobs do what their settings say, so that tests can have every kind of bad luck. The
/// settings are lines of a verb and what follows it; they are done in order:
///
///     progress STAGE FRACTION    source SECONDS CONTAINER   warn CODE TEXT     print TEXT
///     artifact NAME TEXT         (made unless it is there; a stage of that name tells which)
///     result NUMBER NAME TEXT    sleep SECONDS (listens to stops)              loop (does not)
///     fail CODE TEXT             throw TEXT      segfault    abort   exit CODE eat MIB   fill MIB
///     phantom NAME (a result without a file)
///     kill       pid             flood LINES     print-environment
///     say BYTES (as a frame)     nonsense        deafen      open FILE         mute
///     call ROLE BODY (a paid service; its answer, or what went wrong, is printed)
///     once FILE                  (the rest only the first time: a file of that name is left in the
///     workspace)
class ScriptedPipeline : public jobs::Pipeline {
 public:
  /// `transport` makes the calls, in the child alone.
  explicit ScriptedPipeline(net::Transport* transport = nullptr) : transport_(transport) {}

  std::string_view kind() const override { return "scripted"; }
  std::string_view results_prefix() const override { return "results/scripted"; }
  void run(const jobs::Order& order, stage::Workspace& workspace, jobs::Reporter& reporter,
           const core::Context& context) const override;
  /// Its results stand in the tables of clips, one file each.
  bool publish(database::Database& database, const database::Claim& claim, const jobs::Result& result,
               core::Moment now) const override;
  bool retain(database::Database& database, const database::Claim& claim, const std::vector<int>& numbers,
              core::Moment now) const override;
  std::string results(database::Database&, const std::string&) const override { return "[]"; }
  std::vector<std::string> files(database::Database& database,
                                 const std::string& processing_id) const override;

 private:
  net::Transport* const transport_;
};

}  // namespace reelwright::testing
