#include "clips/index.h"

#include <fmt/format.h>

#include "clips/slug.h"
#include "core/json.h"
#include "vision/crop_path_json.h"

namespace reelwright::clips {

IndexFiles file_names(const ChosenClip& clip, bool preview) {
  const std::string stem = fmt::format("clip_{:02}_{}", clip.number, slug(clip.title));
  IndexFiles files{.video = stem + ".mp4",
                   .captions = stem + ".json",
                   .remotion_captions = stem + ".captions.json",
                   .srt = stem + ".srt",
                   .vtt = stem + ".vtt",
                   .ass = stem + ".ass",
                   .poster = stem + ".jpg",
                   .crop = stem + ".crop.json"};
  if (preview) files.preview = stem + "_preview.mp4";
  return files;
}

IndexClip index_clip(const Plan& plan, const vision::Framing& framing, const RenderResult& render,
                     double frame_rate) {
  const ChosenClip& clip = plan.clip;
  const vision::FramingReport& report = framing.report;
  IndexClip facts{.number = clip.number,
                  .files = file_names(clip),
                  .start = core::to_seconds(clip.span.start),
                  .end = core::to_seconds(clip.span.end),
                  .duration = core::to_seconds(render.duration),
                  .title = clip.title,
                  .description = clip.description,
                  .keywords = clip.keywords,
                  .text_preview = clip.text_preview,
                  .score = clip.score,
                  .reasons = clip.reasons,
                  .aspect_ratio = plan.aspect_ratio,
                  .caption_style = plan.caption_style,
                  .layout = std::string(vision::name(vision::main_layout(framing.path))),
                  .width = plan.size.width,
                  .height = plan.size.height,
                  .frame_rate = frame_rate,
                  .encoder = render.encoder,
                  .framing = {report.subject_share, report.inside_share, report.crop_share, report.fit_share,
                              report.stacked_share, report.reversals_per_second, report.jerk},
                  .loudness = {render.loudness_lufs, render.true_peak_dbtp}};
  if (clip.opinion) {
    facts.hook = clip.opinion->hook;
    facts.reason = clip.opinion->reason;
    facts.hashtags = clip.opinion->hashtags;
  }
  return facts;
}

std::string to_text(const Index& index) { return core::to_json<true>(index, "clips.json") + "\n"; }

std::string to_text(const IndexClip& clip) { return core::to_json(clip, "a clip's facts"); }

IndexClip read_index_clip(std::string_view json) {
  IndexClip clip{};
  if (const auto error = glz::read<glz::opts{.error_on_missing_keys = true}>(clip, json))
    throw core::Error(core::ErrorCode::invalid_input, "These are no facts of a clip.",
                      glz::format_error(error, json));
  return clip;
}

}  // namespace reelwright::clips
