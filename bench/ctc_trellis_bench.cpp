#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "speech/ctc_trellis.h"

namespace reelwright::bench {
namespace {

using speech::CtcToken;
using speech::Emissions;

constexpr speech::CtcRests rests{.blank = 0, .separator = 1};
constexpr std::size_t classes = 32;
constexpr std::size_t frames_per_second = 50;
constexpr std::size_t letters_per_second = 14;

Emissions emissions(std::int64_t seconds) {
  std::minstd_rand random(1);
  std::exponential_distribution<float> surprise(0.5F);
  Emissions made{classes,
                 std::vector<float>(static_cast<std::size_t>(seconds) * frames_per_second * classes)};
  std::ranges::generate(made.log_probs, [&] { return -surprise(random); });
  return made;
}

std::vector<CtcToken> text(std::int64_t seconds) {
  std::minstd_rand random(2);
  std::vector<CtcToken> tokens;
  for (std::size_t i = 0; i < static_cast<std::size_t>(seconds) * letters_per_second; ++i)
    tokens.push_back({2 + static_cast<int>(random() % (classes - 2)), i % 5 == 0});
  return tokens;
}

/// By the definition: the whole table of scores is kept, and the way read back out of it.
double plainly(const Emissions& said, const std::vector<CtcToken>& tokens) {
  const std::size_t states = 2 * tokens.size() + 1;
  std::vector<std::vector<double>> best(
      said.frames(), std::vector<double>(states, -std::numeric_limits<double>::infinity()));
  const auto emitted = [&](std::size_t frame, std::size_t state) -> double {
    const auto row = said.frame(frame);
    if (state % 2 == 1) return row[static_cast<std::size_t>(tokens[state / 2].label)];
    const bool between = state / 2 == tokens.size() || tokens[state / 2].begins_word;
    return between ? std::max(row[0], row[1]) : row[0];
  };
  const auto before = [&](std::size_t frame, std::size_t state) {
    std::size_t from = state;
    for (std::size_t back = 1; back <= 2 && back <= state; ++back) {
      if (back == 2 && (state % 2 == 0 || tokens[state / 2].label == tokens[state / 2 - 1].label)) continue;
      if (best[frame - 1][state - back] > best[frame - 1][from]) from = state - back;
    }
    return from;
  };
  best[0][0] = emitted(0, 0);
  best[0][1] = emitted(0, 1);
  for (std::size_t frame = 1; frame < said.frames(); ++frame)
    for (std::size_t state = 0; state < states; ++state)
      best[frame][state] = best[frame - 1][before(frame, state)] + emitted(frame, state);
  std::size_t state = best.back()[states - 1] >= best.back()[states - 2] ? states - 1 : states - 2;
  const double score = best.back()[state];
  for (std::size_t frame = said.frames() - 1; frame > 0; --frame) state = before(frame, state);
  benchmark::DoNotOptimize(state);
  return score;
}

void ctc_trellis(benchmark::State& state) {
  const Emissions said = emissions(state.range());
  const std::vector<CtcToken> tokens = text(state.range());
  for (auto _ : state) benchmark::DoNotOptimize(align_tokens(said, tokens, rests));
}
BENCHMARK(ctc_trellis)->Arg(10)->Arg(60)->Unit(benchmark::kMillisecond);

void ctc_trellis_plain(benchmark::State& state) {
  const Emissions said = emissions(state.range());
  const std::vector<CtcToken> tokens = text(state.range());
  const double score = align_tokens(said, tokens, rests)->log_prob;
  if (std::abs(plainly(said, tokens) - score) > 1e-4 * std::abs(score)) state.SkipWithError("they differ");
  for (auto _ : state) benchmark::DoNotOptimize(plainly(said, tokens));
}
BENCHMARK(ctc_trellis_plain)->Arg(10)->Arg(60)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reelwright::bench
