#include "database/clips.h"

#include <algorithm>

#include "database/job_rows.h"
#include "database/outbox.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

std::vector<PublishedClip> read_clips(soci::session& sql, const std::string& processing_id) {
  PublishedClip clip;
  std::vector<PublishedClip> clips;
  soci::statement read =
      (sql.prepare << R"(SELECT clip_number, clip_filename, caption_filename, duration_seconds,
                           file_size_bytes, clip_text_preview, facts
                         FROM generated_clips JOIN processing_jobs ON job_id = processing_jobs.id
                         WHERE processing_id = :id ORDER BY clip_number)",
       soci::use(processing_id, "id"), soci::into(clip.clip_number), soci::into(clip.clip_filename),
       soci::into(clip.caption_filename), soci::into(clip.duration_seconds), soci::into(clip.file_size_bytes),
       soci::into(clip.clip_text_preview), soci::into(clip.facts));
  read.execute();
  while (read.fetch()) clips.push_back(clip);
  return clips;
}

void put(soci::session& sql, const std::string& processing_id, const PublishedClip& clip) {
  sql << R"(INSERT INTO generated_clips (job_id, clip_number, clip_filename, caption_filename,
              duration_seconds, file_size_bytes, clip_text_preview, facts)
            SELECT id, :number, :clip, :captions, :duration, :bytes, :preview, :facts
            FROM processing_jobs WHERE processing_id = :id
            ON CONFLICT (job_id, clip_number) DO UPDATE SET
              clip_filename = excluded.clip_filename, caption_filename = excluded.caption_filename,
              duration_seconds = excluded.duration_seconds, file_size_bytes = excluded.file_size_bytes,
              clip_text_preview = excluded.clip_text_preview, facts = excluded.facts)",
      soci::use(clip.clip_number, "number"), soci::use(clip.clip_filename, "clip"),
      soci::use(clip.caption_filename, "captions"), soci::use(clip.duration_seconds, "duration"),
      soci::use(clip.file_size_bytes, "bytes"), soci::use(clip.clip_text_preview, "preview"),
      soci::use(clip.facts, "facts"), soci::use(processing_id, "id");
}

void take_back(soci::session& sql, const std::string& processing_id, int number) {
  sql << R"(DELETE FROM generated_clips WHERE clip_number = :number AND job_id =
              (SELECT id FROM processing_jobs WHERE processing_id = :id))",
      soci::use(number, "number"), soci::use(processing_id, "id");
}

/// The results are others now.
void settle_clips(soci::session& sql, const std::string& processing_id) {
  sql << R"(UPDATE jobs SET results =
              (SELECT COUNT(*) FROM generated_clips JOIN processing_jobs ON job_id = processing_jobs.id
               WHERE processing_id = :id)
            WHERE processing_id = :id)",
      soci::use(processing_id, "id");
  settle(sql, processing_id);
}

}  // namespace

void ClipTable::insert(const NewJob& job, const ClipJob& clips, Moment now) {
  NewJob whole = job;
  whole.original_filename = clips.original_filename;
  whole.num_clips_requested = clips.num_clips_requested;
  whole.aspect_ratio = clips.aspect_ratio;
  const std::string created_at = timestamp_of(now);
  writing(database_, [&](soci::session& sql) {
    insert_job(sql, whole, now);
    sql << R"(INSERT INTO processing_jobs (processing_id, status, input_filename, original_filename,
                num_clips_requested, aspect_ratio, created_at)
              VALUES (:id, 'queued', :input, :original, :clips, :aspect, :created))",
        soci::use(job.processing_id, "id"), soci::use(clips.input_filename, "input"),
        soci::use(clips.original_filename, "original"), soci::use(clips.num_clips_requested, "clips"),
        soci::use(clips.aspect_ratio, "aspect"), soci::use(created_at, "created");
  });
}

std::optional<ClipJob> ClipTable::find(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) -> std::optional<ClipJob> {
    ClipJob job;
    sql << R"(SELECT input_filename, original_filename, num_clips_requested, aspect_ratio
              FROM processing_jobs WHERE processing_id = :id)",
        soci::use(processing_id, "id"), soci::into(job.input_filename), soci::into(job.original_filename),
        soci::into(job.num_clips_requested), soci::into(job.aspect_ratio);
    return sql.got_data() ? std::optional(job) : std::nullopt;
  });
}

bool ClipTable::publish(const Claim& claim, const PublishedClip& clip, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    const std::vector<PublishedClip> before = read_clips(sql, claim.processing_id);
    if (std::ranges::find(before, clip) != before.end()) return true;
    put(sql, claim.processing_id, clip);
    settle_clips(sql, claim.processing_id);
    announce(sql, claim.processing_id, "clip.ready", clip.clip_number, now);
    return true;
  });
}

bool ClipTable::retain(const Claim& claim, const std::vector<int>& numbers) {
  return writing(database_, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    bool any = false;
    for (const PublishedClip& clip : read_clips(sql, claim.processing_id)) {
      if (std::ranges::contains(numbers, clip.clip_number)) continue;
      take_back(sql, claim.processing_id, clip.clip_number);
      any = true;
    }
    if (any) settle_clips(sql, claim.processing_id);
    return true;
  });
}

std::vector<PublishedClip> ClipTable::clips(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) { return read_clips(sql, processing_id); });
}

}  // namespace reelwright::database
