#include "database/clips.h"

#include "database/job_rows.h"
#include "database/session.h"

namespace reelwright::database {

void ClipTable::insert(const NewJob& job, const ClipJob& clips, Moment now) {
  const double at = seconds_of(now);
  writing(database_, [&](soci::session& sql) {
    insert_job(sql, job, now);
    sql << "INSERT INTO processing_jobs (processing_id, status, input_filename, original_filename, "
           "num_clips_requested, aspect_ratio, created_at) VALUES (:id, 'queued', :input, :original, :clips, "
           ":aspect, "
           "datetime(:now, 'unixepoch'))",
        soci::use(job.processing_id), soci::use(clips.input_filename), soci::use(clips.original_filename),
        soci::use(clips.num_clips_requested), soci::use(clips.aspect_ratio), soci::use(at);
  });
}

std::optional<ClipJob> ClipTable::find(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) -> std::optional<ClipJob> {
    ClipJob job;
    sql << "SELECT input_filename, original_filename, num_clips_requested, aspect_ratio FROM processing_jobs "
           "WHERE "
           "processing_id = :id",
        soci::use(processing_id), soci::into(job.input_filename), soci::into(job.original_filename),
        soci::into(job.num_clips_requested), soci::into(job.aspect_ratio);
    return sql.got_data() ? std::optional(job) : std::nullopt;
  });
}

bool ClipTable::publish(const Claim& claim, const PublishedClip& clip) {
  const auto bytes = static_cast<long long>(clip.file_size_bytes);
  return writing(database_, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    sql << "INSERT INTO generated_clips (job_id, clip_number, clip_filename, caption_filename, "
           "duration_seconds, "
           "file_size_bytes, clip_text_preview, facts) SELECT id, :number, :clip, :captions, :duration, "
           ":bytes, "
           ":preview, :facts FROM processing_jobs WHERE processing_id = :id "
           "ON CONFLICT (job_id, clip_number) DO UPDATE SET clip_filename = excluded.clip_filename, "
           "caption_filename = "
           "excluded.caption_filename, duration_seconds = excluded.duration_seconds, file_size_bytes = "
           "excluded.file_size_bytes, clip_text_preview = excluded.clip_text_preview, facts = excluded.facts",
        soci::use(clip.clip_number), soci::use(clip.clip_filename), soci::use(clip.caption_filename),
        soci::use(clip.duration_seconds), soci::use(bytes), soci::use(clip.clip_text_preview),
        soci::use(clip.facts), soci::use(claim.processing_id);
    return true;
  });
}

std::vector<PublishedClip> ClipTable::clips(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) {
    PublishedClip clip;
    long long bytes = 0;
    std::vector<PublishedClip> clips;
    soci::statement read =
        (sql.prepare
             << "SELECT clip_number, clip_filename, caption_filename, duration_seconds, file_size_bytes, "
                "clip_text_preview, facts FROM generated_clips JOIN processing_jobs ON job_id = "
                "processing_jobs.id WHERE processing_id = :id ORDER BY clip_number",
         soci::use(processing_id), soci::into(clip.clip_number), soci::into(clip.clip_filename),
         soci::into(clip.caption_filename), soci::into(clip.duration_seconds), soci::into(bytes),
         soci::into(clip.clip_text_preview), soci::into(clip.facts));
    read.execute();
    while (read.fetch()) {
      clip.file_size_bytes = bytes;
      clips.push_back(clip);
    }
    return clips;
  });
}

}  // namespace reelwright::database
