#include <benchmark/benchmark.h>

#include "clips/compose.h"
#include "material.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::bench {
namespace {

/// A whole upright picture out of a landscape one.
void compose(benchmark::State& state, const vision::Keyframe& keyframe) {
  const media::PicturePtr source = noise(1920, 1080);
  clips::Composer composer(source->width, source->height, 1080, 1920);
  for (auto _ : state) benchmark::DoNotOptimize(composer.compose(*source, keyframe));
}

void compose_crop(benchmark::State& state) {
  compose(state, {.time = {}, .layout = vision::Layout::crop, .windows = {{656, 0, 607.5, 1080}}});
}
BENCHMARK(compose_crop)->Unit(benchmark::kMillisecond);

void compose_stacked(benchmark::State& state) {
  compose(state, {.time = {},
                  .layout = vision::Layout::stacked,
                  .windows = {{100, 0, 1012.5, 900}, {900, 0, 1012.5, 900}}});
}
BENCHMARK(compose_stacked)->Unit(benchmark::kMillisecond);

void compose_fit(benchmark::State& state) {
  compose(state, {.time = {}, .layout = vision::Layout::fit, .windows = {{0, 0, 1920, 1080}}});
}
BENCHMARK(compose_fit)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reelwright::bench
