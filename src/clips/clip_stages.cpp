#include <fmt/format.h>

#include <memory>
#include <optional>

#include "captions/captions.h"
#include "clips/clip_keys.h"
#include "clips/corrected_words.h"
#include "clips/faces_on_screen.h"
#include "clips/job_stages.h"
#include "core/digest.h"
#include "core/files.h"
#include "stage/json_artifact.h"
#include "transcript/formats.h"
#include "vision/crop_path_json.h"

// The stages of one clip. Their artifacts are found by what the clip is, not by its number, and older ones
// stay until the job has ended: numbers change, and finished files may be being read.

namespace reelwright::clips {

namespace {

using stage::Older;

// Raise a stage's number when its code changes what it makes: artifacts of older code are then made anew.
constexpr int captions_version = 1;
constexpr int poster_version = 1;

}  // namespace

std::pair<vision::Framing, bool> frame(const Source& source, const Plan& plan, stage::Workspace& workspace,
                                       const core::Context& context) {
  const Size shape = aspect_of(plan.aspect_ratio, source.video);
  const vision::FramingRequest request{.clip = plan.clip.span,
                                       .frame_rate = media::output_frame_rate(source.video).value(),
                                       .aspect_width = shape.width,
                                       .aspect_height = shape.height,
                                       .sound = source.wav,
                                       .detectors = plan.detectors};
  auto [framing, reused] = stage::produce_json<vision::Framing>(
      workspace, "framing.json", clip_key(source, plan),
      [&] { return vision::frame_clip(source.file, request, context); }, Older::kept);
  // Who is where is needed for the captions also where the user leads the camera.
  if (!plan.crop.empty()) framing = vision::reframed(std::move(framing), plan.crop, request);
  return {std::move(framing), reused};
}

std::pair<CaptionFiles, bool> caption(const Source& source, const Plan& plan,
                                      const transcript::Transcript& transcript,
                                      const vision::Framing& framing, stage::Workspace& workspace,
                                      const core::Context& context) {
  context.check();
  const core::Span span = plan.clip.span;
  captions::Request request{.transcript = transcript::cut(corrected(transcript, plan), span),
                            .duration = span.duration(),
                            .width = plan.size.width,
                            .height = plan.size.height,
                            .style = plan.caption_style == "none" ? "bold" : plan.caption_style,
                            .faces = faces_on_screen(framing, span.start, plan.size),
                            .cuts = {}};
  for (const vision::Shot& shot : framing.shots) request.cuts.push_back(shot.span.start - span.start);
  const std::string key =
      fmt::format("{} {} {} {} {}", captions_version, camera_key(source, plan), request.transcript.language,
                  request.style, core::sha256(transcript::to_whisperx_json(request.transcript)));
  std::optional<captions::Files> made;
  bool reused = true;
  const auto file = [&](std::string_view name, std::string captions::Files::* text) {
    const auto artifact = workspace.produce(
        name, key,
        [&](const std::filesystem::path& out) {
          if (!made) made = captions::make_captions(request);
          core::write_file(out, *made.*text);
        },
        Older::kept);
    reused = reused && artifact.reused;
    return artifact.file;
  };
  CaptionFiles files{.json = file("captions.json", &captions::Files::json),
                     .remotion = file("remotion.json", &captions::Files::remotion),
                     .srt = file("captions.srt", &captions::Files::srt),
                     .vtt = file("captions.vtt", &captions::Files::vtt),
                     .ass = file("captions.ass", &captions::Files::ass)};
  return {std::move(files), reused};
}

std::pair<std::filesystem::path, bool> make_poster(const Source& source, const Plan& plan,
                                                   const vision::Framing& framing,
                                                   stage::Workspace& workspace,
                                                   const core::Context& context) {
  context.check();
  const core::Span span = plan.clip.span;
  // A little after the beginning, when the first word is out and nobody blinks on the cut.
  const core::Time at = span.start + std::min<core::Time>(std::chrono::seconds(1), span.duration() / 2);
  const auto artifact = workspace.produce(
      "poster.jpg", fmt::format("{} {}", poster_version, camera_key(source, plan)),
      [&](const std::filesystem::path& file) {
        render_poster({source.file, at, &framing.path, plan.size, file}, context.stop);
      },
      Older::kept);
  return {artifact.file, artifact.reused};
}

std::pair<std::filesystem::path, bool> write_path(const Source& source, const Plan& plan,
                                                  const vision::Framing& framing,
                                                  stage::Workspace& workspace) {
  const auto artifact = workspace.produce(
      "path.json", camera_key(source, plan),
      [&](const std::filesystem::path& file) { core::write_file(file, vision::to_json(framing.path)); },
      Older::kept);
  return {artifact.file, artifact.reused};
}

}  // namespace reelwright::clips
