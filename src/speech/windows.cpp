#include "speech/windows.h"

#include <algorithm>
#include <utility>

namespace reelwright::speech {

namespace {

constexpr double sung = 0.5;  // share of steady pitch; speech has less than a tenth
constexpr float full_scale = 32768;
constexpr std::size_t pause_frames = 30;
constexpr core::Time frame_length = std::chrono::milliseconds(10);

core::Time length_of(std::size_t samples) {
  return core::Time{static_cast<std::int64_t>(samples) * 1'000'000 / sample_rate};
}

void append(Window& window, const Chunk& chunk) {
  window.pieces.push_back({length_of(window.samples.size()), {chunk.start, chunk.end()}});
  for (const std::int16_t sample : chunk.samples)
    window.samples.push_back(static_cast<float>(sample) / full_scale);
  window.active.insert(window.active.end(), chunk.active.begin(), chunk.active.end());
  window.active.resize(window.samples.size() / frame_samples);
}

void append_silence(Window& window, core::Time length) {
  const auto frames = static_cast<std::size_t>(length / frame_length);
  // Whole frames, so that the verdicts stay with their samples.
  const std::size_t whole = (window.samples.size() + frame_samples - 1) / frame_samples + frames;
  window.samples.resize(whole * frame_samples);
  window.active.resize(whole);
}

core::Time distance(core::Span a, core::Span b) { return std::max(a.start - b.end, b.start - a.end); }

/// Frames of a window, `end` is one past the last.
struct Run {
  std::size_t first = 0;
  std::size_t end = 0;
  std::size_t sounding = 0;
};

}  // namespace

core::Time Window::duration() const { return length_of(samples.size()); }

core::Span Window::at_source(core::Span span) const {
  const auto in_window = [](const Piece& piece) {
    return core::Span{piece.start, piece.start + piece.source.duration()};
  };
  // The more two spans overlap, the more negative is the distance between them.
  const auto nearest = std::ranges::min_element(
      pieces, {}, [&](const Piece& piece) { return distance(in_window(piece), span); });
  const core::Span bounds = in_window(*nearest);
  const core::Time shift = nearest->source.start - nearest->start;
  return {std::clamp(span.start, bounds.start, bounds.end) + shift,
          std::clamp(span.end, bounds.start, bounds.end) + shift};
}

core::Span Window::spoken_part(core::Span span) const {
  const auto first = static_cast<std::size_t>(span.start / frame_length);
  const std::size_t end = std::min(active.size(), static_cast<std::size_t>(span.end / frame_length));
  Run best;
  Run run;
  for (std::size_t i = first; i < end; ++i) {
    if (!active[i]) continue;
    if (run.sounding == 0 || i - run.end >= pause_frames) run = {i, i, 0};
    run.end = i + 1;
    ++run.sounding;
    if (run.sounding >= best.sounding) best = run;
  }
  if (best.sounding == 0) return span;
  const auto at = [](std::size_t frame) { return frame_length * static_cast<std::int64_t>(frame); };
  return {std::max(span.start, at(best.first)), std::min(span.end, at(best.end))};
}

std::optional<Chunk> Windower::next_chunk() {
  if (waiting_) return std::exchange(waiting_, std::nullopt);
  std::optional<Chunk> chunk = chunks_();
  while (chunk && chunk->steady > sung) chunk = chunks_();
  return chunk;
}

std::optional<Window> Windower::next() {
  std::optional<Chunk> chunk = next_chunk();
  if (!chunk) return {};
  Window window;
  append(window, *chunk);
  while ((chunk = next_chunk())) {
    const core::Time pause = std::min(chunk->start - window.end(), options_.pause);
    const core::Time longer = length_of(window.samples.size() + chunk->samples.size()) + pause;
    if (longer > options_.longest) {
      waiting_ = std::move(chunk);
      break;
    }
    append_silence(window, pause);
    append(window, *chunk);
  }
  return window;
}

Windower voice_windows(Chunker::Source source, core::Time longest) {
  // Windows are filled with chunks, so chunks may be long; no cut inside running speech before 15 s.
  constexpr Chunker::Options chunking{.shortest = std::chrono::seconds(15),
                                      .longest = std::chrono::seconds(28),
                                      .pause = std::chrono::seconds(2)};
  const auto chunker = std::make_shared<Chunker>(std::move(source), chunking);
  return {[chunker] { return chunker->next(); }, {.longest = longest}};
}

}  // namespace reelwright::speech
