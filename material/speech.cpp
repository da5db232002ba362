#include "material/speech.h"

#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "media/wav_writer.h"

extern "C" {
#include <flite/flite.h>
cst_voice* register_cmu_us_slt(const char*);
}

namespace reelwright::material {

namespace {

constexpr int sample_rate = 16000;

std::vector<Speech::Word> word_times(cst_utterance* utterance) {
  std::vector<Speech::Word> words;
  for (const cst_item* word = relation_head(utt_relation(utterance, "Word")); word != nullptr;
       word = item_next(word)) {
    // The first segment of the word begins where the one before it ends.
    const char* const segment = "R:SylStructure.daughter.daughter.R:Segment.p.end";
    words.push_back({item_feat_string(word, "name"), core::from_seconds(ffeature_float(word, segment))});
  }
  return words;
}

}  // namespace

core::Time Speech::duration() const {
  return core::from_seconds(static_cast<double>(samples.size()) / sample_rate);
}

void Speech::add_silence(core::Time length) {
  const auto hush = white_noise(length, 0.0005F);
  samples.insert(samples.end(), hush.begin(), hush.end());
}

void Speech::add(const Speech& other) {
  const core::Time shift = duration();
  for (const Word& word : other.words) words.push_back({word.text, word.start + shift});
  samples.insert(samples.end(), other.samples.begin(), other.samples.end());
}

Speech speak(const std::string& text) {
  static std::mutex speaking;  // flite has global state
  const std::scoped_lock lock(speaking);
  static cst_voice* const voice = (flite_init(), register_cmu_us_slt(nullptr));
  std::srand(2);  // flite's breath comes from rand(): what is said must not hang on what was said before
  const std::unique_ptr<cst_utterance, void (*)(cst_utterance*)> utterance(
      flite_synth_text(text.c_str(), voice), delete_utterance);
  const cst_wave* const wave = utterance ? utt_wave(utterance.get()) : nullptr;
  if (wave == nullptr || wave->sample_rate != sample_rate) throw std::runtime_error("flite could not speak");
  Speech speech;
  speech.words = word_times(utterance.get());
  speech.samples =
      white_noise(core::from_seconds(static_cast<double>(wave->num_samples) / sample_rate), 0.0005F);
  speech.samples.resize(static_cast<std::size_t>(wave->num_samples));
  for (std::size_t i = 0; i < speech.samples.size(); ++i)
    speech.samples[i] += static_cast<float>(wave->samples[i]) / 32768.0F;
  return speech;
}

std::vector<float> white_noise(core::Time length, float amplitude) {
  std::vector<float> samples(static_cast<std::size_t>(core::to_seconds(length) * sample_rate));
  std::uint32_t random = 12345;
  for (float& sample : samples) {
    random = random * 1664525U + 1013904223U;
    sample = amplitude * (static_cast<float>(random >> 8U) / 8388608.0F - 1.0F);
  }
  return samples;
}

void write_speech(const std::filesystem::path& file, std::span<const float> samples) {
  media::WavWriter writer(file, sample_rate, 1);
  writer.write(samples);
  writer.close();
}

}  // namespace reelwright::material
