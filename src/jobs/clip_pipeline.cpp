#include "jobs/clip_pipeline.h"

#include <algorithm>

#include "clips/job.h"
#include "clips/request.h"
#include "core/digest.h"
#include "database/clips.h"
#include "jobs/clip_status.h"
#include "jobs/inputs.h"

namespace reelwright::jobs {

namespace {

/// Tells the engine in its own words what the clip job does.
class Told : public clips::Observer, public clips::Results {
 public:
  explicit Told(Reporter& reporter) : reporter_(reporter) {}

  void on_progress(const std::string& stage, double fraction) override {
    reporter_.on_progress(stage, fraction);
  }
  void on_stage(const std::string& stage, const core::Usage& usage, bool reused) override {
    reporter_.on_stage(stage, usage, reused);
  }
  void on_warning(const core::Warning& warning) override { reporter_.on_warning(warning); }
  void on_clip(int, const std::string&, core::Span) override {}  // its files are told of below

  void on_source(const media::SourceFacts& facts) override {
    reporter_.on_source({.duration = core::to_seconds(facts.duration), .container = facts.container});
  }
  void on_clip(const clips::FinishedClip& clip) override {
    Result result{.number = clip.facts.number, .files = {}, .facts = clips::to_text(clip.facts)};
    for (const stage::FinishedFile& file : clip.files) result.files.push_back({file.file, file.name});
    reporter_.on_result(result);
  }

 private:
  Reporter& reporter_;
};

const std::filesystem::path& input(const Order& order, std::string_view role) {
  const auto found = order.inputs.find(std::string(role));
  if (found == order.inputs.end())
    throw core::Error(core::ErrorCode::internal, fmt::format("The job has no {}.", role));
  return found->second;
}

/// All names of a clip's files.
std::vector<std::string> names_of(const clips::IndexFiles& files) {
  std::vector<std::string> names = {files.video,  files.captions, files.remotion_captions,
                                    files.srt,    files.vtt,      files.ass,
                                    files.poster, files.crop};
  if (files.preview) names.push_back(*files.preview);
  return names;
}

std::int64_t size_of(const Result& result, const std::string& name) {
  const auto file = std::ranges::find(result.files, name, &ResultFile::name);
  if (file == result.files.end())
    throw core::Error(core::ErrorCode::invalid_input, "A clip lacks a file that its facts name.", name);
  return static_cast<std::int64_t>(std::filesystem::file_size(file->file));
}

}  // namespace

void ClipPipeline::run(const Order& order, stage::Workspace& workspace, Reporter& reporter,
                       const core::Context& context) const {
  clips::Options options = clips::options_from(clips::read_request(order.settings), defaults_);
  options.previews = true;
  if (order.inputs.contains(std::string(transcript_role))) options.transcript = input(order, transcript_role);
  const std::filesystem::path& source = input(order, source_role);
  Told told(reporter);
  clips::make_clips({.file = source, .identity = core::file_identity(source)}, options, told, workspace, told,
                    context, transport_);
}

bool ClipPipeline::publish(database::Database& database, const database::Claim& claim, const Result& result,
                           core::Moment now) const {
  const clips::IndexClip facts = clips::read_index_clip(result.facts);
  if (facts.number != result.number)
    throw core::Error(core::ErrorCode::invalid_input, "The facts of a clip are those of another.");
  for (const std::string& name : names_of(facts.files)) size_of(result, name);
  const database::PublishedClip clip{.clip_number = result.number,
                                     .clip_filename = facts.files.video,
                                     .caption_filename = facts.files.captions,
                                     .duration_seconds = facts.duration,
                                     .file_size_bytes = size_of(result, facts.files.video),
                                     .clip_text_preview = facts.text_preview,
                                     .facts = result.facts};
  return database::ClipTable(database).publish(claim, clip, now);
}

bool ClipPipeline::retain(database::Database& database, const database::Claim& claim,
                          const std::vector<int>& numbers, core::Moment) const {
  return database::ClipTable(database).retain(claim, numbers);
}

std::string ClipPipeline::results(database::Database& database, const std::string& processing_id) const {
  return clip_status_json(processing_id, database::ClipTable(database).clips(processing_id));
}

std::vector<std::string> ClipPipeline::files(database::Database& database,
                                             const std::string& processing_id) const {
  std::vector<std::string> names;
  for (const auto& clip : database::ClipTable(database).clips(processing_id))
    for (std::string& name : names_of(clips::read_index_clip(clip.facts).files))
      names.push_back(std::move(name));
  return names;
}

}  // namespace reelwright::jobs
