#include "sample_talk/narrator.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "material/speech.h"

namespace reelwright::sample_talk {

namespace {

/// Below this share of the sentence's loudest frame the lips stay shut.
constexpr double closed_below = 0.08;

/// How far the mouth goes towards where the sound wants it within one frame.
constexpr double agility = 0.65;

double level(std::span<const float> samples) {
  double energy = 0;
  for (const float sample : samples) energy += static_cast<double>(sample) * sample;
  return std::sqrt(energy / static_cast<double>(samples.size()));
}

std::vector<double> levels_by_frame(std::span<const float> samples) {
  std::vector<double> levels;
  for (std::size_t at = 0; at < samples.size(); at += samples_per_frame)
    levels.push_back(level(samples.subspan(at, samples_per_frame)));
  return levels;
}

std::vector<double> mouth_of(std::span<const float> samples) {
  std::vector<double> mouth = levels_by_frame(samples);
  const double loudest = std::ranges::max(mouth);
  double open = 0;
  for (double& frame : mouth) {
    const double wanted = std::max(0.0, frame / loudest - closed_below) / (1 - closed_below);
    open += agility * (std::sqrt(wanted) - open);
    frame = open;
  }
  return mouth;
}

}  // namespace

Narration narrate(const std::string& sentence, core::Time pause) {
  material::Speech speech = material::speak(sentence);
  const core::Time frame{1'000'000 / frames_per_second};
  speech.add_silence(pause + frame);
  speech.samples.resize(speech.samples.size() / samples_per_frame * samples_per_frame);
  std::vector<double> mouth = mouth_of(speech.samples);
  return {std::move(speech.samples), std::move(mouth)};
}

}  // namespace reelwright::sample_talk
