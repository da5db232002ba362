#include <benchmark/benchmark.h>

#include "captions/layout.h"
#include "clips/selection.h"
#include "language/topics.h"
#include "talk.h"

namespace reelwright::bench {
namespace {

constexpr int sentences = 800;  // about an hour of talk

void topics_of_800_lines(benchmark::State& state) {
  std::vector<language::Line> lines;
  for (const auto& segment : talk_of(sentences).segments)
    lines.push_back({segment.text(), core::Span{segment.start, segment.end}, {}});
  for (auto _ : state) benchmark::DoNotOptimize(language::topic_boundaries(lines));
}
BENCHMARK(topics_of_800_lines)->Unit(benchmark::kMillisecond);

void clips_of_800_sentences(benchmark::State& state) {
  const transcript::Transcript talk = talk_of(sentences);
  clips::SelectionRequest request;
  request.source_duration = talk.segments.back().end;
  for (auto _ : state) benchmark::DoNotOptimize(clips::choose_clips(talk, {}, request));
}
BENCHMARK(clips_of_800_sentences)->Unit(benchmark::kMillisecond);

void caption_layout_of_800_sentences(benchmark::State& state) {
  const transcript::Transcript talk = talk_of(sentences);
  for (auto _ : state)
    benchmark::DoNotOptimize(captions::lay_out(talk, captions::subtitle_layout(), captions::columns));
}
BENCHMARK(caption_layout_of_800_sentences)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reelwright::bench
