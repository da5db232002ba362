#include "speech/local_voices.h"

#include <algorithm>
#include <utility>

#include "speech/filterbank.h"

namespace reelwright::speech {

namespace {

// In frames of the filterbank, 10 ms each.
constexpr std::size_t shortest = 25;  ///< a voice
constexpr std::size_t telling = 100;  ///< its sound alone, to tell voices apart by

class Window {
 public:
  Window(const SoundWindow& window, std::vector<VoiceSet> frames)
      : window_(window), frames_(std::move(frames)) {}

  /// While a voice sounds, up to the end of the sound.
  std::vector<core::Span> spans(std::size_t voice) const {
    std::vector<core::Span> spans;
    for (std::size_t at = 0; at < frames_.size(); ++at) {
      if (!frames_[at][voice]) continue;
      const std::size_t from = at;
      while (at < frames_.size() && frames_[at][voice]) ++at;
      const core::Span span{time(from), std::min(time(at), window_.span.end)};
      if (span.start < span.end) spans.push_back(span);
    }
    return spans;
  }

  /// The frames of `features` that lie where `wanted` says so of the voices there.
  template <class Wanted>
  std::vector<float> features_where(const std::vector<float>& features, Wanted wanted) const {
    std::vector<float> chosen;
    for (std::size_t frame = 0; frame * mel_bands < features.size(); ++frame) {
      const std::size_t middle = frame * frame_samples + filterbank_window / 2;
      if (!wanted(frames_[middle * frames_.size() / window_.samples.size()])) continue;
      const auto first = features.begin() + static_cast<std::ptrdiff_t>(frame * mel_bands);
      chosen.insert(chosen.end(), first, first + mel_bands);
    }
    return chosen;
  }

 private:
  core::Time time(std::size_t frame) const {
    const std::size_t sample = frame * window_.samples.size() / frames_.size();
    return window_.span.start + core::Time(static_cast<std::int64_t>(sample) * 1'000'000 / sample_rate);
  }

  const SoundWindow& window_;
  const std::vector<VoiceSet> frames_;
};

}  // namespace

std::vector<LocalVoice> local_voices(const SoundWindow& window, const SpeakerSegmentation& segmentation,
                                     const SpeakerEmbedding& embedding, const std::stop_token& stop) {
  const Window heard(window, segmentation.hear(window.samples, stop));
  std::vector<float> features;
  std::vector<LocalVoice> voices;
  for (std::size_t number = 0; number < most_local_voices; ++number) {
    LocalVoice voice{heard.spans(number)};
    if (voice.spans.empty()) continue;
    if (features.empty()) features = mel_filterbank(window.samples);
    auto own = heard.features_where(
        features, [&](const VoiceSet& there) { return there.count() == 1 && there[number]; });
    voice.is_clear = own.size() >= telling * mel_bands;
    if (!voice.is_clear)
      own = heard.features_where(features, [&](const VoiceSet& there) { return there[number]; });
    if (own.size() < shortest * mel_bands) continue;
    auto direction = embedding.embed(std::move(own), stop);
    if (!direction) continue;
    voice.direction = std::move(*direction);
    voices.push_back(std::move(voice));
  }
  return voices;
}

}  // namespace reelwright::speech
