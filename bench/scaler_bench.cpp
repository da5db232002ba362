#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

#include "media/picture_pool.h"
#include "media/window_scaler.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::bench {
namespace {

constexpr int width = 1920;
constexpr int height = 1080;

media::PicturePtr noise() {
  media::PicturePtr picture = media::new_picture(width, height);
  std::minstd_rand random(1);
  for (int plane = 0; plane < 3; ++plane)
    for (int y = 0; y < (plane == 0 ? height : height / 2); ++y)
      std::generate_n(picture->data[plane] + y * picture->linesize[plane], plane == 0 ? width : width / 2,
                      [&] { return static_cast<unsigned char>(random() >> 8); });
  return picture;
}

/// One upright picture out of a landscape one; the window goes `step` source pixels to the right each time.
void scale(benchmark::State& state, double step) {
  const media::PicturePtr source = noise();
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

}  // namespace
}  // namespace reelwright::bench
