#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "core/ids.h"
#include "core/log.h"
#include "database/jobs.h"
#include "jobs/inputs.h"
#include "jobs/placed_files.h"
#include "jobs/submission_files.h"
#include "storage/keys.h"

// What becomes of jobs that stand: run once more, asked for something else, removed.

namespace reelwright::jobs {

using core::Error;
using core::ErrorCode;

namespace {

database::Job find_job(database::Database& database, const std::string& processing_id) {
  auto job = database::JobTable(database).find(processing_id);
  if (!job) throw Error(ErrorCode::not_found, fmt::format("There is no job {}.", processing_id));
  return std::move(*job);
}

/// A corrected transcript never overwrites the one before: a job that runs may be reading it.
std::string new_transcript_key(const std::string& processing_id) {
  return storage::upload_key(processing_id, "transcript-" + core::make_uuid());
}

std::string extension_of_key(const std::string& key) { return key.substr(key.rfind('.') + 1); }

/// An artifact may be replaced by a newer one while the workspace is copied; that one is found or made again.
void copy_workspace(storage::Storage& storage, const std::string& from, const std::string& to) {
  const std::string old_place = storage::workspace_prefix(from);
  const std::string new_place = storage::workspace_prefix(to);
  storage.list(old_place, [&](const storage::Object& object) {
    try {
      storage.copy(object.key, new_place + object.key.substr(old_place.size()));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::not_found) throw;
    }
  });
}

}  // namespace

void Submissions::require_source(const Inputs& inputs) const {
  const std::string key = source_key(inputs);
  const bool stands = !key.empty() && storage_.stat(key);
  if (stands || !inputs.url.empty()) return;
  throw Error(ErrorCode::conflict,
              "The job's recording was removed because its time was over; upload it again.");
}

std::string Submissions::resubmit(const std::string& processing_id, const Revision& revision,
                                  const Submission& as, core::Moment now) {
  const database::Job job = find_job(database_, processing_id);
  const Inputs before = inputs_from(job.inputs);
  require_source(before);
  const std::string id = core::make_uuid();
  PlacedFiles files(storage_);
  Inputs inputs{.keys = {}, .url = before.url};
  for (const auto& [role, key] : before.keys) {
    if ((role == transcript_role && revision.transcript) || !storage_.stat(key)) continue;
    const std::string copy = role == transcript_role ? storage::transcript_key(id)
                                                     : storage::upload_key(id, extension_of_key(key));
    files.copy(key, copy);
    inputs.keys.emplace(role, copy);
  }
  if (revision.transcript) {
    files.put(storage::transcript_key(id), revision.transcript->file);
    inputs.keys.insert_or_assign(std::string(transcript_role), storage::transcript_key(id));
  }
  files.own(storage::workspace_prefix(id));
  copy_workspace(storage_, processing_id, id);
  insert(id, copy_of(job, revision, as), inputs, now);
  files.keep();
  take_away(revision.transcript);
  return id;
}

/// What is asked of a job once more, by whoever asks now.
Submission Submissions::copy_of(const database::Job& job, const Revision& revision, const Submission& as) {
  Submission copy = as;
  copy.kind = job.kind;
  copy.settings = revision.settings.value_or(job.settings);
  copy.source = ReceivedFile{
      .file = {}, .digest = job.source_digest, .bytes = static_cast<std::uint64_t>(job.source_bytes)};
  copy.transcript.reset();
  if (copy.original_filename.empty()) copy.original_filename = job.original_filename;
  if (!copy.webhook_url) copy.webhook_url = job.webhook_url;
  copy.num_clips_requested =
      revision.num_clips_requested.value_or(job.num_clips_requested.value_or(as.num_clips_requested));
  copy.aspect_ratio = revision.aspect_ratio.value_or(job.aspect_ratio.value_or(as.aspect_ratio));
  return copy;
}

void Submissions::revise(const std::string& processing_id, const Revision& revision, core::Moment now) {
  const database::Job job = find_job(database_, processing_id);
  Inputs inputs = inputs_from(job.inputs);
  require_source(inputs);
  PlacedFiles files(storage_);
  std::string replaced;
  if (revision.transcript) {
    const std::string key = new_transcript_key(processing_id);
    files.put(key, revision.transcript->file);
    replaced = std::exchange(inputs.keys[std::string(transcript_role)], key);
  }
  database::JobTable(database_).update_settings(processing_id,
                                                {.settings = revision.settings.value_or(job.settings),
                                                 .inputs = to_json(inputs),
                                                 .num_clips_requested = revision.num_clips_requested,
                                                 .aspect_ratio = revision.aspect_ratio},
                                                true, now);
  files.keep();
  take_away(revision.transcript);
  if (!replaced.empty()) storage_.remove(replaced);
}

bool Submissions::remove(const std::string& processing_id, database::AuditEntry who, core::Moment now) {
  database::JobTable jobs(database_);
  const auto job = jobs.find(processing_id);
  if (!job || !jobs.remove(processing_id, now)) return false;
  who.at = now;
  who.action = "job.deleted";
  who.subject = processing_id;
  database::AuditTable(database_).note(who);
  remove_files(*job);
  return true;
}

/// What cannot be removed now is of no job any more: the cleaner takes it.
void Submissions::remove_files(const database::Job& job) noexcept try {
  for (const auto& [role, key] : inputs_from(job.inputs).keys) storage_.remove(key);
  storage_.remove_all(storage::workspace_prefix(job.processing_id));
  for (const std::string& kind : storage_.children(std::string(storage::results)))
    if (kind.ends_with('/'))
      storage_.remove_all(fmt::format("{}{}{}/", storage::results, kind, job.processing_id));
} catch (const std::exception& error) {
  core::log::warning("files.left_behind",
                     {{"processing_id", job.processing_id}, {"reason", std::string_view(error.what())}});
}

}  // namespace reelwright::jobs
