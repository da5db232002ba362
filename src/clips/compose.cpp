#include "clips/compose.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

extern "C" {
#include <libavutil/frame.h>
}

#include "clips/backdrop.h"

namespace reelwright::clips {

namespace {

int even(double value) { return std::max(2, static_cast<int>(std::lround(value / 2)) * 2); }

/// The biggest panel of the window's shape in the middle of the picture.
media::Panel fitted(const media::Window& window, int width, int height) {
  const double scale = std::min(width / window.width, height / window.height);
  const int panel_width = std::min(width, even(window.width * scale));
  const int panel_height = std::min(height, even(window.height * scale));
  return {.x = (width - panel_width) / 4 * 2,
          .y = (height - panel_height) / 4 * 2,
          .width = panel_width,
          .height = panel_height};
}

}  // namespace

struct Composer::State {
  int source_width, source_height, width, height;
  media::WindowScaler upper;
  media::WindowScaler lower;
  Backdrop backdrop;
  media::PicturePool pool;

  State(int from_width, int from_height, int to_width, int to_height)
      : source_width(from_width),
        source_height(from_height),
        width(to_width),
        height(to_height),
        backdrop(to_width, to_height),
        pool(to_width, to_height) {}

  void put(media::WindowScaler& scaler, const AVFrame& source, const media::Window& window, AVFrame& into,
           const media::Panel& panel) const {
    scaler.scale(source, source_width, source_height, window, into, panel);
  }
};

Composer::Composer(int source_width, int source_height, int width, int height)
    : state_(std::make_unique<State>(source_width, source_height, width, height)) {}
Composer::~Composer() = default;
Composer::Composer(Composer&&) noexcept = default;
Composer& Composer::operator=(Composer&&) noexcept = default;

media::PicturePtr Composer::compose(const AVFrame& source, const vision::Keyframe& keyframe) {
  State& state = *state_;
  auto picture = state.pool.get();
  const media::Window whole{0, 0, static_cast<double>(state.source_width),
                            static_cast<double>(state.source_height)};
  const bool empty = keyframe.windows.empty();
  const media::Window& first = empty ? whole : keyframe.windows.front();
  const vision::Layout layout = empty ? vision::Layout::fit : keyframe.layout;
  if (layout == vision::Layout::stacked && keyframe.windows.size() >= 2) {
    const int half = state.height / 4 * 2;
    state.put(state.upper, source, first, *picture, {0, 0, state.width, half});
    state.put(state.lower, source, keyframe.windows[1], *picture,
              {0, half, state.width, state.height - half});
  } else if (layout == vision::Layout::fit) {
    const media::Panel panel = fitted(first, state.width, state.height);
    state.put(state.upper, source, first, *picture, panel);
    if (panel.width < state.width || panel.height < state.height) state.backdrop.paint(*picture, panel);
  } else {
    state.put(state.upper, source, first, *picture, {0, 0, state.width, state.height});
  }
  return picture;
}

}  // namespace reelwright::clips
