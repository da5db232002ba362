#include "jobs/submission.h"

#include "core/config.h"
#include "core/ids.h"
#include "core/text.h"
#include "database/clips.h"
#include "database/jobs.h"
#include "jobs/container.h"
#include "jobs/inputs.h"
#include "jobs/placed_files.h"
#include "jobs/quotas.h"
#include "jobs/submission_files.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace {

constexpr std::size_t longest_filename = 255;

std::uint64_t bytes_of(const std::optional<ReceivedFile>& received) { return received ? received->bytes : 0; }

/// The bytes that the user's quota does not know of yet.
std::uint64_t new_bytes(const Submission& submission) {
  const bool counted = submission.source && submission.source->counted;
  return (counted ? 0 : bytes_of(submission.source)) + bytes_of(submission.transcript);
}

}  // namespace

void take_away(const std::optional<ReceivedFile>& received) {
  std::error_code ignored;
  if (received) std::filesystem::remove(received->file, ignored);
}

Submissions::Submissions(database::Database& database, storage::Storage& storage, const core::Config& config)
    : database_(database), storage_(storage), config_(config) {}

void Submissions::check_room(std::uint64_t bytes) const {
  check_upload_size(config_, bytes);
  check_free_room(storage_, config_, bytes);
}

void Submissions::check_quotas(const std::string& user_id, std::uint64_t bytes, core::Moment now) const {
  check_job_quotas(database_, config_, user_id, now);
  check_storage_quota(database_, config_, user_id, bytes, now);
}

std::string Submissions::submit(const Submission& submission, core::Moment now) {
  check_quotas(submission.user_id, new_bytes(submission), now);
  if (!submission.source) check_free_room(storage_, config_, 0);
  const std::string id = core::make_uuid();
  PlacedFiles files(storage_);
  Inputs inputs{.keys = {}, .url = submission.source_url};
  if (submission.source) {
    const std::string key = storage::upload_key(id, extension_of_file(submission.source->file));
    files.put(key, submission.source->file);
    inputs.keys.emplace(source_role, key);
  }
  if (submission.transcript) {
    files.put(storage::transcript_key(id), submission.transcript->file);
    inputs.keys.emplace(transcript_role, storage::transcript_key(id));
  }
  insert(id, submission, inputs, now);
  files.keep();
  take_away(submission.source);
  take_away(submission.transcript);
  return id;
}

/// Of two at once the second sees the first in the quotas.
void Submissions::insert(const std::string& id, const Submission& submission, const Inputs& inputs,
                         core::Moment now) {
  const std::scoped_lock lock(mutex_);
  check_quotas(submission.user_id, new_bytes(submission), now);
  database::NewJob job{.processing_id = id,
                       .kind = submission.kind,
                       .user_id = submission.user_id,
                       .settings = submission.settings,
                       .inputs = to_json(inputs),
                       .priority = submission.priority,
                       .most_attempts = config_.integer("JOB_ATTEMPTS"),
                       .original_filename = core::printable(submission.original_filename, longest_filename),
                       .num_clips_requested = submission.num_clips_requested,
                       .aspect_ratio = submission.aspect_ratio,
                       .webhook_url = submission.webhook_url,
                       .batch_id = submission.batch_id,
                       .request_id = submission.request_id,
                       .source_bytes = static_cast<std::int64_t>(bytes_of(submission.source) +
                                                                 bytes_of(submission.transcript)),
                       .source_digest = submission.source ? submission.source->digest : ""};
  if (submission.kind != "clips") {
    database::JobTable(database_).insert(job, now);
    return;
  }
  const database::ClipJob clips{.input_filename = source_key(inputs),
                                .original_filename = job.original_filename,
                                .num_clips_requested = submission.num_clips_requested,
                                .aspect_ratio = submission.aspect_ratio};
  database::ClipTable(database_).insert(job, clips, now);
}

}  // namespace reelwright::jobs
