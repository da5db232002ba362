#include "clips/index.h"

#include <fmt/format.h>

#include "clips/slug.h"
#include "core/json.h"
#include "vision/crop_path_json.h"

namespace reelwright::clips {

IndexFiles file_names(const ChosenClip& clip) {
  const std::string stem = fmt::format("clip_{:02}_{}", clip.number, slug(clip.title));
  return {stem + ".mp4", stem + ".json", stem + ".captions.json", stem + ".srt",
          stem + ".vtt", stem + ".ass",  stem + ".jpg",           stem + ".crop.json"};
}

IndexClip index_clip(const ChosenClip& clip, const vision::Framing& framing, const RenderResult& render,
                     Size size, double frame_rate) {
  const vision::FramingReport& report = framing.report;
  return {.number = clip.number,
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
          .layout = std::string(vision::name(vision::main_layout(framing.path))),
          .width = size.width,
          .height = size.height,
          .frame_rate = frame_rate,
          .encoder = render.encoder,
          .framing = {report.subject_share, report.inside_share, report.crop_share, report.fit_share,
                      report.stacked_share, report.reversals_per_second, report.jerk},
          .loudness = {render.loudness_lufs, render.true_peak_dbtp}};
}

std::string to_text(const Index& index) { return core::to_json<true>(index, "clips.json") + "\n"; }

}  // namespace reelwright::clips
