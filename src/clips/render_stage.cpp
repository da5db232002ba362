#include <fmt/format.h>

#include <memory>
#include <optional>

#include "captions/burner.h"
#include "clips/clip_keys.h"
#include "clips/job_stages.h"
#include "clips/preview.h"
#include "core/digest.h"
#include "stage/json_artifact.h"

namespace reelwright::clips {

namespace {

namespace fs = std::filesystem;
using stage::Older;

// Raise them when the code changes what it makes: artifacts of older code are then made anew.
constexpr int render_version = 3;
constexpr int preview_version = 1;

/// Renders where that is needed, and knows what came of it.
class Renderer {
 public:
  Renderer(RenderRequest request, std::string key, bool preview, stage::Workspace& workspace,
           const core::Context& context)
      : request_(std::move(request)),
        key_(std::move(key)),
        wants_preview_(preview),
        workspace_(workspace),
        context_(context) {}

  stage::Workspace::Artifact video() {
    return workspace_.produce("clip.mp4", key_, [this](const fs::path& file) { render(file); }, Older::kept);
  }

  /// Mostly made while the clip was; from the clip where that stood already.
  stage::Workspace::Artifact preview(const fs::path& clip) {
    return produce_preview([&](const fs::path& file) { render_preview(clip, file, context_.silent()); });
  }

  const std::optional<RenderResult>& result() const { return result_; }

 private:
  void render(const fs::path& file) {
    request_.out = file;
    if (wants_preview_)
      produce_preview([this](const fs::path& small) {
        request_.preview = small;
        result_ = render_clip(request_, context_);
      });
    if (result_) return;  // with its preview; else there is one already, or none is wanted
    request_.preview.clear();
    result_ = render_clip(request_, context_);
  }

  stage::Workspace::Artifact produce_preview(const std::function<void(const fs::path&)>& make) {
    return workspace_.produce("preview.mp4", fmt::format("{} {}", preview_version, key_), make, Older::kept);
  }

  RenderRequest request_;
  std::string key_;
  bool wants_preview_;
  stage::Workspace& workspace_;
  const core::Context& context_;
  std::optional<RenderResult> result_;
};

}  // namespace

std::pair<Rendered, bool> render(const Source& source, const Plan& plan, const vision::Framing& framing,
                                 const RenderOptions& options, stage::Workspace& workspace,
                                 const core::Context& context) {
  const std::string key = fmt::format("{} {} {} {}", render_version, camera_key(source, plan),
                                      options.encoder, core::sha256(options.ass));
  RenderRequest request{.source = source.file,
                        .span = plan.clip.span,
                        .path = &framing.path,
                        .size = plan.size,
                        .rate = media::output_frame_rate(source.video),
                        .encoder = options.encoder,
                        .out = {}};
  const std::unique_ptr<captions::Burner> burner =
      options.ass.empty()
          ? nullptr
          : std::make_unique<captions::Burner>(options.ass, plan.size.width, plan.size.height);
  if (burner) request.overlay = [&burner](AVFrame& picture, core::Time time) { burner->draw(picture, time); };
  Renderer renderer(std::move(request), key, options.preview, workspace, context);
  auto video = renderer.video();
  // The facts stand in a file of their own, so that a video which is reused has them too.
  const auto [result, reused] = stage::produce_json<RenderResult>(
      workspace, "render.json", key,
      [&] {
        if (!renderer.result()) {  // the video outlived its facts, and only a new rendering tells them
          fs::remove(video.file);
          video = renderer.video();
        }
        return renderer.result().value();
      },
      Older::kept);
  Rendered rendered{.video = video.file, .result = result};
  bool preview_reused = true;
  if (options.preview) {
    const auto preview = renderer.preview(video.file);
    rendered.preview = preview.file;
    preview_reused = preview.reused;
  }
  return {std::move(rendered), video.reused && reused && preview_reused};
}

}  // namespace reelwright::clips
