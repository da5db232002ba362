#include "speech/decoder.h"

#include <pocketsphinx.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include "core/error.h"
#include "speech/frame_analyser.h"

namespace reelwright::speech {

namespace {

constexpr std::size_t block = sample_rate / 4;  // between two looks at the stop token
constexpr double score_scale = 1024;            // the library keeps scores shifted by ten bits

struct FreeConfig {
  void operator()(ps_config_t* config) const { ps_config_free(config); }
};
struct FreeDecoder {
  void operator()(ps_decoder_t* decoder) const { ps_free(decoder); }
};
using Config = std::unique_ptr<ps_config_t, FreeConfig>;

// Measured on readings, conversation and phone-quality sound: the second (flat) pass costs a quarter of the
// time and gains nothing once the chunks are short, and beyond 8000 active HMMs a frame no word changes for
// the better.
void set_for_recognition(ps_config_t* config) {
  ps_config_set_bool(config, "fwdflat", 0);
  ps_config_set_int(config, "maxhmmpf", 8000);
}

void set_for_alignment(ps_config_t* config) {
  ps_config_set_str(config, "lm", nullptr);
  ps_config_set_bool(config, "bestpath", 0);
  ps_config_set_bool(config, "compallsen", 1);  // makes the scores comparable from frame to frame: see `fit`
  ps_config_set_int(config, "pl_window", 0);
  ps_config_set_float(config, "beam", 1e-80);
  ps_config_set_float(config, "pbeam", 1e-80);
  ps_config_set_float(config, "wbeam", 1e-80);
}

// Only the front end is wanted of this one, so it knows next to no word.
void set_for_means(ps_config_t* config) {
  ps_config_set_str(config, "lm", nullptr);
  ps_config_set_str(config, "dict", nullptr);
}

using Handle = std::unique_ptr<ps_decoder_t, FreeDecoder>;

void check(const std::stop_token& stop) {
  if (stop.stop_requested())
    throw core::Error(core::ErrorCode::cancelled, "Stopped while listening to speech.");
}

Handle make(void (*set)(ps_config_t*), const std::stop_token& stop) {
  // Making a decoder sets the library's log level, which is global.
  static std::mutex making;
  const std::scoped_lock lock(making);
  check(stop);  // all threads of a run wait here for each other when it begins
  const Config config(ps_config_init(nullptr));
  ps_config_set_str(config.get(), "loglevel", "FATAL");
  ps_default_search_args(config.get());
  if (ps_config_str(config.get(), "hmm") == nullptr || ps_config_str(config.get(), "dict") == nullptr) {
    throw core::Error(core::ErrorCode::unavailable,
                      "The speech model is missing; install the package pocketsphinx-en-us.");
  }
  set(config.get());
  Handle decoder(ps_init(config.get()));
  if (!decoder) {
    throw core::Error(core::ErrorCode::unavailable,
                      "The speech model cannot be loaded; install the package pocketsphinx-en-us again.");
  }
  return decoder;
}

void start(ps_decoder_t* decoder) {
  // Without the first call the noise tracker would remember the chunk before.
  if (ps_start_stream(decoder) < 0 || ps_start_utt(decoder) < 0) {
    throw core::Error(core::ErrorCode::internal, "The speech decoder could not start.");
  }
}

// Takes the cepstral mean of whole stretches. It needs a decoder of its own: the first block of sound that a
// decoder is given piecemeal switches it to the running mean for good.
class MeanMeter {
 public:
  explicit MeanMeter(const std::stop_token& stop) : decoder_(make(set_for_means, stop)) {
    ps_add_word(decoder_.get(), "a", "AH", 0);
    if (ps_set_align_text(decoder_.get(), "a") < 0) {
      throw core::Error(core::ErrorCode::internal, "The speech decoder refused its smallest grammar.");
    }
  }

  // As the library writes it; nothing where there is no sound.
  std::optional<std::string> measure(std::span<const std::int16_t> samples) const {
    start(decoder_.get());
    ps_process_raw(decoder_.get(), samples.data(), samples.size(), /*no_search=*/0, /*full_utt=*/1);
    ps_end_utt(decoder_.get());
    const char* const text = ps_get_cmn(decoder_.get(), 0);
    if (text == nullptr || std::string_view(text).contains("nan")) return std::nullopt;
    return text;
  }

 private:
  Handle decoder_;
};

bool is_filler(std::string_view word) { return word.starts_with('<') || word.starts_with('['); }

std::string without_variant(std::string_view word) {
  const auto bracket = word.find('(');
  return std::string(bracket == 0 ? word : word.substr(0, bracket));
}

}  // namespace

struct Decoder::State {
  MeanMeter meter;
  Handle decoder;

  State(Task task, const std::stop_token& stop)
      : meter(stop), decoder(make(task == Task::recognise ? set_for_recognition : set_for_alignment, stop)) {}

  ps_decoder_t* get() const { return decoder.get(); }

  // Whole-utterance mode normalises by the mean of all the samples, which is what makes it good, but cannot
  // be stopped; so the mean is taken first and held fixed while the samples go in block by block. False where
  // there is no sound to search.
  bool search(std::span<const std::int16_t> samples, const std::stop_token& stop) const {
    const auto mean = meter.measure(samples);
    if (!mean) return false;
    start(get());
    for (std::size_t at = 0; at < samples.size(); at += block) {
      check(stop);
      ps_set_cmn(get(), mean->c_str());
      const auto part = samples.subspan(at, std::min(block, samples.size() - at));
      ps_process_raw(get(), part.data(), part.size(), /*no_search=*/0, /*full_utt=*/0);
    }
    ps_end_utt(get());
    return true;
  }

  std::vector<DecodedWord> words() const {
    std::vector<DecodedWord> found;
    logmath_t* const logs = ps_get_logmath(get());
    for (ps_seg_t* segment = ps_seg_iter(get()); segment != nullptr; segment = ps_seg_next(segment)) {
      const char* const text = ps_seg_word(segment);
      if (text == nullptr || is_filler(text)) continue;
      DecodedWord word;
      word.text = without_variant(text);
      ps_seg_frames(segment, &word.first_frame, &word.last_frame);
      int32 acoustic = 0;
      int32 language = 0;
      int32 backoff = 0;
      const int32 posterior = ps_seg_prob(segment, &acoustic, &language, &backoff);
      word.probability = std::clamp(logmath_exp(logs, posterior), 0.0, 1.0);
      const int frames = std::max(1, word.last_frame - word.first_frame + 1);
      word.fit = logmath_log_to_ln(logs, acoustic) * score_scale / frames;
      found.push_back(std::move(word));
    }
    return found;
  }
};

Decoder::Decoder(Task task, const std::stop_token& stop) : state_(std::make_unique<State>(task, stop)) {
  // The first utterance of a decoder comes out a little different from the same one later, so nobody gets to
  // see it.
  std::vector<std::int16_t> noise(sample_rate / 4);
  std::uint32_t random = 1;
  for (std::int16_t& sample : noise) {
    random = random * 1664525U + 1013904223U;
    sample = static_cast<std::int16_t>(static_cast<int>(random >> 20U) - 2048);
  }
  const std::string word = "a";
  task == Task::recognise ? recognise(noise, stop) : align(noise, std::span(&word, 1), stop);
}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

std::vector<DecodedWord> Decoder::recognise(std::span<const std::int16_t> samples,
                                            const std::stop_token& stop) {
  if (!state_->search(samples, stop)) return {};
  return state_->words();
}

std::vector<DecodedWord> Decoder::align(std::span<const std::int16_t> samples,
                                        std::span<const std::string> words, const std::stop_token& stop) {
  if (words.empty()) return {};
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  if (ps_set_align_text(state_->get(), text.c_str()) < 0 || !state_->search(samples, stop)) return {};
  auto found = state_->words();
  return found.size() == words.size() ? found : std::vector<DecodedWord>{};
}

bool Decoder::knows(const std::string& word) const {
  if (word.empty()) return false;
  char* const phones = ps_lookup_word(state_->get(), word.c_str());
  const bool known = phones != nullptr;
  free(phones);
  return known;
}

bool Decoder::add(const std::string& word, const std::string& phones) {
  // The library crashes on a word without phones.
  if (word.empty() || phones.find_first_not_of(' ') == std::string::npos) return false;
  return ps_add_word(state_->get(), word.c_str(), phones.c_str(), /*update=*/0) >= 0;
}

}  // namespace reelwright::speech
