#pragma once

#include "clips/options.h"
#include "jobs/pipeline.h"

namespace reelwright::jobs {

/// Jobs of the kind `clips`: a recording becomes clips. Its settings are a `clips::Request`, its facts what
/// `clips.json` says of a clip.
class ClipPipeline : public Pipeline {
 public:
  /// `defaults` stand where the settings of a job say nothing; only `run` looks at them.
  explicit ClipPipeline(clips::Options defaults = {}) : defaults_(std::move(defaults)) {}

  std::string_view kind() const override { return "clips"; }
  std::string_view results_prefix() const override { return "results/clips"; }
  void run(const Order& order, stage::Workspace& workspace, Reporter& reporter,
           const core::Context& context) const override;
  bool publish(database::Database& database, const database::Claim& claim, const Result& result,
               core::Moment now) const override;
  bool retain(database::Database& database, const database::Claim& claim, const std::vector<int>& numbers,
              core::Moment now) const override;
  std::string results(database::Database& database, const std::string& processing_id) const override;
  std::vector<std::string> files(database::Database& database,
                                 const std::string& processing_id) const override;

 private:
  const clips::Options defaults_;
};

}  // namespace reelwright::jobs
