#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "core/time.h"
#include "core/usage.h"
#include "database/jobs.h"
#include "stage/workspace.h"

namespace reelwright::jobs {

/// What a child is to do.
struct Order {
  std::string processing_id;
  std::string kind;                                     ///< whose pipeline
  std::string settings;                                 ///< JSON, which that pipeline alone understands
  std::map<std::string, std::filesystem::path> inputs;  ///< files by role: `source`, `transcript`
  unsigned threads = 1;
};

/// What was found out about the source of a job.
struct SourceFacts {
  std::optional<double> duration{};  ///< in seconds
  std::string container;             ///< as the demuxer names it
};

/// A file of a result.
struct ResultFile {
  std::filesystem::path file;  ///< where it lies in the workspace; it stays there
  std::string name;            ///< under which it is published, without a folder
};

/// One finished piece of a job: a clip, a video.
struct Result {
  int number = 0;  ///< from 1 on; the same number replaces what was published before
  std::vector<ResultFile> files;
  std::string facts;  ///< JSON, which the pipeline alone understands
};

/// What happens on the way. Called from one thread at a time.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void on_source(const SourceFacts& facts) = 0;
  virtual void on_progress(const std::string& stage, double fraction) = 0;  ///< of the whole job, 0 to 1
  virtual void on_stage(const std::string& stage, const core::Usage& usage, bool reused) = 0;
  virtual void on_warning(const core::Warning& warning) = 0;
  /// The files are whole. A later attempt tells of all results again.
  virtual void on_result(const Result& result) = 0;
};

/// How the engine sees one kind of job. Stateless and thread-safe: one object serves all jobs of its kind.
class Pipeline {
 public:
  virtual ~Pipeline() = default;

  virtual std::string_view kind() const = 0;            ///< as `jobs.kind` names it: "clips"
  virtual std::string_view results_prefix() const = 0;  ///< of keys in the storage: "results/clips"

  /// Does the work, in the child: no network, no database, no keys. Throws `core::Error`.
  virtual void run(const Order& order, stage::Workspace& workspace, Reporter& reporter,
                   const core::Context& context) const = 0;

  /// Shows a result whose files are in place, in the worker and in one transaction. Does nothing where it is
  /// shown already just so. False, and nothing changes, where the claim is no longer good. Throws
  /// `invalid_input` where the facts are not what `run` would send: the child is not trusted.
  virtual bool publish(database::Database& database, const database::Claim& claim, const Result& result,
                       core::Moment now) const = 0;

  /// Takes back what earlier runs of the job published under other numbers than `numbers`. False, and nothing
  /// changes, where the claim is no longer good.
  virtual bool retain(database::Database& database, const database::Claim& claim,
                      const std::vector<int>& numbers, core::Moment now) const = 0;

  /// What is published, as a JSON array for the status document.
  virtual std::string results(database::Database& database, const std::string& processing_id) const = 0;

  /// The names of all published files, as `ResultFile::name`; any other file in the job's folder of results
  /// is an orphan.
  virtual std::vector<std::string> files(database::Database& database,
                                         const std::string& processing_id) const = 0;
};

/// The kinds that a program knows. Owns nothing.
using Pipelines = std::vector<const Pipeline*>;

/// Null where there is none of that kind.
const Pipeline* find_pipeline(const Pipelines& pipelines, std::string_view kind);

}  // namespace reelwright::jobs
