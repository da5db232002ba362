#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

#include "vision/nms.h"

namespace reelwright::bench {
namespace {

using vision::ScoredBox;

constexpr double most_overlap = 0.45;

/// What a detector proposes before overlaps are dealt with: a cloud of boxes around each of 20 subjects.
std::vector<ScoredBox> proposals(std::int64_t count) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> place(0, 600);
  std::normal_distribution<double> jitter(0, 6);
  std::uniform_real_distribution<double> score(0.25, 1);
  std::vector<vision::Box> subjects(20);
  for (vision::Box& box : subjects)
    box = {place(random), place(random), 40 + place(random) / 5, 60 + place(random) / 4};
  std::vector<ScoredBox> boxes;
  for (std::int64_t i = 0; i < count; ++i) {
    const vision::Box& near = subjects[static_cast<std::size_t>(i) % subjects.size()];
    boxes.push_back({{near.x + jitter(random), near.y + jitter(random), near.width + jitter(random),
                      near.height + jitter(random)},
                     score(random),
                     static_cast<int>(i % 20) % 4});
  }
  return boxes;
}

/// By the definition: the best of what is left takes with it what it hides.
std::vector<ScoredBox> plainly(std::vector<ScoredBox> left) {
  std::vector<ScoredBox> kept;
  while (!left.empty()) {
    const auto best = std::ranges::max_element(left, {}, &ScoredBox::score);
    kept.push_back(*best);
    left.erase(best);
    std::erase_if(left, [&](const ScoredBox& other) {
      return other.label == kept.back().label && vision::overlap(other.box, kept.back().box) > most_overlap;
    });
  }
  return kept;
}

void nms(benchmark::State& state) {
  const std::vector<ScoredBox> boxes = proposals(state.range());
  for (auto _ : state) benchmark::DoNotOptimize(vision::without_overlaps(boxes, most_overlap));
}
BENCHMARK(nms)->Arg(100)->Arg(1000)->Arg(8400)->Unit(benchmark::kMicrosecond);

void nms_plain(benchmark::State& state) {
  const std::vector<ScoredBox> boxes = proposals(state.range());
  if (plainly(boxes) != vision::without_overlaps(boxes, most_overlap)) state.SkipWithError("they differ");
  for (auto _ : state) benchmark::DoNotOptimize(plainly(boxes));
}
BENCHMARK(nms_plain)->Arg(100)->Arg(1000)->Arg(8400)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace reelwright::bench
