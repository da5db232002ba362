#include <fmt/format.h>

#include <memory>
#include <optional>

#include "captions/burner.h"
#include "captions/captions.h"
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
constexpr int framing_version = 4;
constexpr int captions_version = 1;
constexpr int render_version = 3;
constexpr int poster_version = 1;

/// What a clip shows of the source.
std::string clip_key(const Source& source, const Plan& plan) {
  return fmt::format("{} {} {} {} {}", framing_version, source.identity, plan.clip.span.start.count(),
                     plan.clip.span.end.count(), plan.aspect_ratio);
}

/// The same with the camera's way.
std::string camera_key(const Source& source, const Plan& plan) {
  std::string key = clip_key(source, plan);
  for (const vision::ManualKeyframe& at : plan.crop)
    key += fmt::format(" {} {} {} {}", at.time.count(), at.x, at.y, at.width.value_or(0));
  return key;
}

}  // namespace

std::pair<vision::Framing, bool> frame(const Source& source, const Plan& plan, stage::Workspace& workspace,
                                       const core::Context& context) {
  const Size shape = aspect_of(plan.aspect_ratio, source.video);
  const vision::FramingRequest request{.clip = plan.clip.span,
                                       .frame_rate = media::output_frame_rate(source.video).value(),
                                       .aspect_width = shape.width,
                                       .aspect_height = shape.height,
                                       .sound = source.wav};
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

std::pair<Rendered, bool> render(const Source& source, const Plan& plan, const vision::Framing& framing,
                                 const std::string& encoder, const std::string& ass,
                                 stage::Workspace& workspace, const core::Context& context) {
  const std::string key =
      fmt::format("{} {} {} {}", render_version, camera_key(source, plan), encoder, core::sha256(ass));
  RenderRequest request{.source = source.file,
                        .span = plan.clip.span,
                        .path = &framing.path,
                        .size = plan.size,
                        .rate = media::output_frame_rate(source.video),
                        .encoder = encoder,
                        .out = {}};
  const std::unique_ptr<captions::Burner> burner =
      ass.empty() ? nullptr : std::make_unique<captions::Burner>(ass, plan.size.width, plan.size.height);
  if (burner) request.overlay = [&burner](AVFrame& picture, core::Time time) { burner->draw(picture, time); };
  std::optional<RenderResult> rendered;
  const auto produce_video = [&] {
    return workspace.produce(
        "clip.mp4", key,
        [&](const std::filesystem::path& file) {
          request.out = file;
          rendered = render_clip(request, context);
        },
        Older::kept);
  };
  auto video = produce_video();
  // The facts stand in a file of their own, so that a video which is reused has them too.
  const auto [result, reused] = stage::produce_json<RenderResult>(
      workspace, "render.json", key,
      [&] {
        if (!rendered) {  // the video outlived its facts, and only a new rendering tells them
          std::filesystem::remove(video.file);
          video = produce_video();
        }
        return rendered.value();
      },
      Older::kept);
  return {{video.file, result}, video.reused && reused};
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
