#include <benchmark/benchmark.h>

#include "material.h"
#include "media/window_scaler.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::bench {
namespace {

constexpr int width = 1920;
constexpr int height = 1080;

/// One upright picture out of a landscape one; the window goes `step` source pixels to the right each time.
void scale(benchmark::State& state, double step) {
  const media::PicturePtr source = noise(width, height);
  const media::PicturePtr into = media::new_picture(1080, 1920);
  const media::Panel panel{.x = 0, .y = 0, .width = 1080, .height = 1920};
  media::WindowScaler scaler;
  media::Window window{.x = 0, .y = 0, .width = 608, .height = height};
  for (auto _ : state) {
    scaler.scale(*source, width, height, window, *into, panel);
    benchmark::DoNotOptimize(into->data[0]);
    window.x += step;
    if (window.x + window.width > width) window.x = 0;
  }
}

void window_608x1080_to_1080x1920_still(benchmark::State& state) { scale(state, 0); }
BENCHMARK(window_608x1080_to_1080x1920_still)->Unit(benchmark::kMillisecond);

void window_608x1080_to_1080x1920_moving(benchmark::State& state) { scale(state, 0.3); }
BENCHMARK(window_608x1080_to_1080x1920_moving)->Unit(benchmark::kMillisecond);

void whole_1920x1080_to_1080x608(benchmark::State& state) {
  const media::PicturePtr source = noise(width, height);
  const media::PicturePtr into = media::new_picture(1080, 1920);
  media::WindowScaler scaler;
  for (auto _ : state) {
    scaler.scale(*source, width, height, {0, 0, width, height}, *into, {0, 656, 1080, 608});
    benchmark::DoNotOptimize(into->data[0]);
  }
}
BENCHMARK(whole_1920x1080_to_1080x608)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reelwright::bench
