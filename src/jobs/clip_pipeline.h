#pragma once

#include "clips/options.h"
#include "jobs/pipeline.h"
#include "net/transport.h"

namespace reelwright::jobs {

/// Jobs of the kind `clips`: a recording becomes clips. Its settings are a `clips::Request`, its facts what
/// `clips.json` says of a clip.
class ClipPipeline : public Pipeline {
 public:
  /// `defaults` stand where the settings of a job say nothing, `transport` calls paid services; only `run`
  /// looks at them. Null: a job that needs one fails.
  explicit ClipPipeline(clips::Options defaults = {}, net::Transport* transport = nullptr)
      : defaults_(std::move(defaults)), transport_(transport) {}

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
  net::Transport* const transport_;
};

}  // namespace reelwright::jobs
