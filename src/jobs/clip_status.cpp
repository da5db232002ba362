#include "jobs/clip_status.h"

#include <fmt/format.h>

#include "jobs/whole_json.h"

namespace reelwright::jobs {

/// What is shown of a clip's facts (`clips::IndexClip`), by its names there.
struct ShownFacts {
  struct Files {
    std::string remotion_captions, srt, vtt, ass, poster, crop;
    std::optional<std::string> preview;
  };
  std::string title;
  double start = 0, end = 0, score = 0;
  std::string aspect_ratio, layout;
  Files files;
  std::optional<std::string> hook, reason;
  std::optional<std::vector<std::string>> hashtags;
};

namespace {

ShownFacts read_facts(const std::string& json) {
  ShownFacts facts;
  if (const auto error = glz::read<glz::opts{.error_on_unknown_keys = false}>(facts, json))
    throw core::Error(core::ErrorCode::internal, "The facts of a clip in the database cannot be read.",
                      glz::format_error(error, json));
  return facts;
}

/// Names of files are made by this program, of letters that need no escape. Empty for none.
std::string link(const char* kind, const std::string& processing_id, const std::string& name) {
  return name.empty() ? "" : fmt::format("/api/download/{}/{}/{}", kind, processing_id, name);
}

StatusClip shown(const std::string& processing_id, const database::PublishedClip& clip) {
  const ShownFacts facts = read_facts(clip.facts);
  const auto media = [&](const std::string& name) { return link("clips", processing_id, name); };
  const auto words = [&](const std::string& name) { return link("captions", processing_id, name); };
  StatusClip shown{.clip_number = clip.clip_number,
                   .title = facts.title,
                   .start = facts.start,
                   .end = facts.end,
                   .duration_seconds = clip.duration_seconds,
                   .file_size_bytes = clip.file_size_bytes,
                   .clip_text_preview = clip.clip_text_preview,
                   .score = facts.score,
                   .aspect_ratio = facts.aspect_ratio,
                   .layout = facts.layout,
                   .clip_filename = clip.clip_filename,
                   .caption_filename = clip.caption_filename,
                   .files = {.video = media(clip.clip_filename),
                             .captions = words(clip.caption_filename),
                             .remotion_captions = words(facts.files.remotion_captions),
                             .srt = words(facts.files.srt),
                             .vtt = words(facts.files.vtt),
                             .ass = words(facts.files.ass),
                             .crop = media(facts.files.crop),
                             .poster = media(facts.files.poster),
                             .preview = std::nullopt}};
  shown.hook = facts.hook;
  shown.reason = facts.reason;
  shown.hashtags = facts.hashtags;
  if (facts.files.preview) shown.files.preview = media(*facts.files.preview);
  return shown;
}

}  // namespace

std::string clip_status_json(const std::string& processing_id,
                             const std::vector<database::PublishedClip>& clips) {
  std::vector<StatusClip> all;
  all.reserve(clips.size());
  for (const database::PublishedClip& clip : clips) all.push_back(shown(processing_id, clip));
  return whole_json(all, "the clips of a job");
}

}  // namespace reelwright::jobs
