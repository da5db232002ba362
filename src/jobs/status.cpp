#include "jobs/status.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "jobs/whole_json.h"

namespace reelwright::jobs {

/// `StatusDocument` as it is written: texts stay where they are, JSON that is ready is taken as it is.
struct StatusView {
  std::string_view processing_id, kind, status;
  int progress_percentage;
  std::string_view stage;
  std::optional<double> seconds_left;
  glz::raw_json_view warnings;
  std::optional<database::JobError> error;
  std::span<const database::JobError> errors;
  int attempt;
  bool cancel_requested;
  std::string created_at;
  std::optional<std::string> started_at, completed_at;
  std::string_view original_filename;
  std::optional<int> num_clips_requested;
  std::optional<std::string_view> aspect_ratio, batch_id;
  int num_clips_ready;
  glz::raw_json_view clips;
};

/// `JobSummary` as it is written.
struct SummaryView {
  std::string_view processing_id, kind, status;
  int progress_percentage;
  std::string_view stage;
  std::optional<double> seconds_left;
  glz::raw_json_view warnings;
  std::optional<std::string_view> error_code, error_message;
  int attempt;
  bool cancel_requested;
  std::string created_at;
  std::optional<std::string> started_at, completed_at;
  std::string_view original_filename;
  std::optional<int> num_clips_requested;
  std::optional<std::string_view> aspect_ratio, batch_id;
  int num_clips_ready;
  std::string_view user_id;
  int priority;
  std::optional<double> source_seconds;
  std::int64_t storage_bytes;
};

namespace {

constexpr std::size_t most_errors = 10;

std::optional<std::string> text_of(const std::optional<core::Moment>& moment) {
  return moment ? std::optional(core::rfc3339(*moment)) : std::nullopt;
}

std::string document(const database::JobFacts& job, std::string_view clips) {
  const bool failed = job.status == database::JobStatus::failed && !job.errors.empty();
  const std::size_t skipped = job.errors.size() - std::min(job.errors.size(), most_errors);
  const StatusView view{.processing_id = job.processing_id,
                        .kind = job.kind,
                        .status = database::name(job.status),
                        .progress_percentage = job.progress_percentage,
                        .stage = job.stage,
                        .seconds_left = job.seconds_left,
                        .warnings = {job.warnings},
                        .error = failed ? std::optional(job.errors.back()) : std::nullopt,
                        .errors = std::span(job.errors).subspan(skipped),
                        .attempt = job.attempt,
                        .cancel_requested = job.cancel_requested,
                        .created_at = core::rfc3339(job.created_at),
                        .started_at = text_of(job.started_at),
                        .completed_at = text_of(job.completed_at),
                        .original_filename = job.original_filename,
                        .num_clips_requested = job.num_clips_requested,
                        .aspect_ratio = job.aspect_ratio,
                        .batch_id = job.batch_id,
                        .num_clips_ready = job.results,
                        .clips = {clips}};
  return whole_json(view, "the status of a job");
}

/// `array` with as many of its first elements as fit into `most_bytes`.
std::string first_that_fit(const std::string& array, std::size_t most_bytes) {
  std::vector<glz::raw_json> elements;
  if (const auto error = glz::read_json(elements, array))
    throw core::Error(core::ErrorCode::internal, "The results of a job are no JSON array.",
                      glz::format_error(error, array));
  std::string fitting = "[";
  for (const glz::raw_json& element : elements) {
    if (fitting.size() + element.str.size() + 2 > most_bytes) break;
    if (fitting.size() > 1) fitting += ',';
    fitting += element.str;
  }
  return fitting + "]";
}

}  // namespace

std::string status_json(database::Database& database, const Pipelines& pipelines,
                        const database::JobFacts& job, std::size_t most_bytes) {
  const Pipeline* pipeline = job.results > 0 ? find_pipeline(pipelines, job.kind) : nullptr;
  if (pipeline == nullptr) return document(job, "[]");
  const std::string clips = pipeline->results(database, job.processing_id);
  std::string whole = document(job, clips);
  if (whole.size() <= most_bytes) return whole;
  const std::size_t rest = whole.size() - clips.size();
  return document(job, first_that_fit(clips, most_bytes - std::min(most_bytes, rest)));
}

std::string summary_json(const database::Job& job) {
  const SummaryView view{.processing_id = job.processing_id,
                         .kind = job.kind,
                         .status = database::name(job.status),
                         .progress_percentage = job.progress_percentage,
                         .stage = job.stage,
                         .seconds_left = job.seconds_left,
                         .warnings = {job.warnings},
                         .error_code = job.error_code,
                         .error_message = job.error_message,
                         .attempt = job.attempt,
                         .cancel_requested = job.cancel_requested,
                         .created_at = core::rfc3339(job.created_at),
                         .started_at = text_of(job.started_at),
                         .completed_at = text_of(job.completed_at),
                         .original_filename = job.original_filename,
                         .num_clips_requested = job.num_clips_requested,
                         .aspect_ratio = job.aspect_ratio,
                         .batch_id = job.batch_id,
                         .num_clips_ready = job.results,
                         .user_id = job.user_id,
                         .priority = job.priority,
                         .source_seconds = job.source_seconds,
                         .storage_bytes = job.source_bytes + job.workspace_bytes + job.result_bytes};
  return whole_json(view, "a job in a list");
}

}  // namespace reelwright::jobs
