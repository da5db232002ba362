#include "captions/burner.h"

#include <fmt/format.h>

#include "captions/ass_renderer.h"
#include "captions/overlay.h"
#include "core/error.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::captions {

struct Burner::State {
  AssRenderer renderer;
  Overlay overlay;
  int width;
  int height;
};

Burner::Burner(std::string ass, int width, int height)
    : state_(std::make_unique<State>(AssRenderer(width, height), Overlay{}, width, height)) {
  if (width % 2 != 0 || height % 2 != 0) {
    throw core::Error(core::ErrorCode::internal,
                      fmt::format("Captions need an even size, not {}x{}.", width, height));
  }
  state_->renderer.load(std::move(ass));
}

Burner::~Burner() = default;
Burner::Burner(Burner&&) noexcept = default;
Burner& Burner::operator=(Burner&&) noexcept = default;

void Burner::draw(AVFrame& frame, core::Time since_clip_start) {
  if (frame.format != AV_PIX_FMT_YUV420P || frame.width != state_->width || frame.height != state_->height) {
    throw core::Error(core::ErrorCode::internal,
                      "Captions were given a frame of another size or pixel format.");
  }
  bool changed = false;
  const ASS_Image* images = state_->renderer.render(since_clip_start, &changed);
  if (changed) state_->overlay.compose(images, frame.width, frame.height);
  state_->overlay.blend(frame);
}

}  // namespace reelwright::captions
