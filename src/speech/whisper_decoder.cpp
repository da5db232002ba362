#include "speech/whisper_decoder.h"

#include <utility>

#include "core/error.h"
#include "speech/abandon.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;

constexpr int beams = 5;
constexpr float sampling_temperature = 0.4F;
constexpr float temperature_step = 0.2F;
constexpr float loop_entropy = 2.4F;
constexpr float unsure_below = -1.0F;
constexpr float no_speech_above = 0.6F;
constexpr int state_is_gone = -7;  // of whisper_full: it freed the state, for want of memory
constexpr core::Time tick = std::chrono::milliseconds(10);

[[noreturn]] void out_of_memory() {
  throw Error(ErrorCode::unavailable,
              "Whisper has not memory enough; take a smaller model or fewer THREADS.");
}

bool is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested(); }

enum class Search { beam, sampling };

/// One segment without time marks: the window is taken whole, and times come from the alignment.
whisper_full_params parameters(const WhisperTask& task, Search search, std::stop_token& stop) {
  const bool beam = search == Search::beam;
  whisper_full_params made =
      ::whisper_full_default_params(beam ? WHISPER_SAMPLING_BEAM_SEARCH : WHISPER_SAMPLING_GREEDY);
  made.n_threads = static_cast<int>(task.threads);
  made.language = task.language.c_str();
  made.no_context = true;
  made.no_timestamps = true;
  made.single_segment = true;
  made.print_progress = false;
  made.suppress_nst = true;
  made.beam_search.beam_size = beams;
  made.greedy.best_of = beams;
  made.temperature = beam ? 0 : sampling_temperature;
  made.temperature_inc = beam ? 0 : temperature_step;
  made.entropy_thold = loop_entropy;
  made.logprob_thold = unsure_below;
  made.no_speech_thold = no_speech_above;
  if (beam && !task.prompt.empty()) made.initial_prompt = task.prompt.c_str();
  made.abort_callback = is_stopped;
  made.abort_callback_user_data = &stop;
  return made;
}

}  // namespace

struct WhisperDecoder::State {
  explicit State(std::shared_ptr<const WhisperModel> of)
      : model(std::move(of)), state(::whisper_init_state(model->context())) {
    if (!state) out_of_memory();
  }

  Hearing decode(const std::vector<float>& samples, const WhisperTask& task, Search search,
                 std::stop_token stop);
  Hearing result() const;
  std::vector<float> languages(const std::vector<float>& samples, int threads);

  struct Free {
    void operator()(whisper_state* state) const { ::whisper_free_state(state); }
  };
  std::shared_ptr<const WhisperModel> model;  // outlives the state
  std::unique_ptr<whisper_state, Free> state;
};

Hearing WhisperDecoder::State::decode(const std::vector<float>& samples, const WhisperTask& task,
                                      Search search, std::stop_token stop) {
  const int failed = ::whisper_full_with_state(model->context(), state.get(), parameters(task, search, stop),
                                               samples.data(), static_cast<int>(samples.size()));
  if (failed == state_is_gone) [[maybe_unused]]
    const auto* freed = state.release();
  if (failed == 0) return result();
  if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "Stopped while listening to speech.");
  out_of_memory();
}

Hearing WhisperDecoder::State::result() const {
  Hearing hearing;
  const whisper_token end = ::whisper_token_eot(model->context());
  double sum = 0;
  int count = 0;
  for (int segment = 0; segment < ::whisper_full_n_segments_from_state(state.get()); ++segment) {
    hearing.no_speech_probability =
        ::whisper_full_get_segment_no_speech_prob_from_state(state.get(), segment);
    for (int i = 0; i < ::whisper_full_n_tokens_from_state(state.get(), segment); ++i) {
      const auto token = ::whisper_full_get_token_data_from_state(state.get(), segment, i);
      sum += token.plog;
      ++count;
      if (token.id >= end) continue;
      // The library's moment of a token is when the alignment goes on to the next one: its end.
      hearing.tokens.push_back(
          {::whisper_full_get_token_text_from_state(model->context(), state.get(), segment, i), token.p,
           token.t_dtw < 0 ? core::Time{} : tick * token.t_dtw});
    }
  }
  if (count > 0) hearing.mean_log_probability = sum / count;
  return hearing;
}

std::vector<float> WhisperDecoder::State::languages(const std::vector<float>& samples, int threads) {
  std::vector<float> found(static_cast<std::size_t>(::whisper_lang_max_id()) + 1);
  if (::whisper_pcm_to_mel_with_state(model->context(), state.get(), samples.data(),
                                      static_cast<int>(samples.size()), threads) != 0 ||
      ::whisper_lang_auto_detect_with_state(model->context(), state.get(), 0, threads, found.data()) < 0)
    out_of_memory();
  return found;
}

WhisperDecoder::WhisperDecoder(std::shared_ptr<const WhisperModel> model)
    : model_(std::move(model)), state_(std::make_shared<State>(model_)) {}

Hearing WhisperDecoder::hear(const std::vector<float>& samples, const WhisperTask& task,
                             const std::stop_token& stop) {
  Hearing first = run_or_abandon<Hearing>(
      [state = state_, samples, task, stop] { return state->decode(samples, task, Search::beam, stop); },
      stop);
  const Verdict verdict = judge(first);
  if (verdict == Verdict::good || verdict == Verdict::nobody_speaks) return first;
  // A state of its own, because the library's dice roll on from one call to the next.
  Hearing second =
      run_or_abandon<Hearing>([model = model_, samples, task,
                               stop] { return State(model).decode(samples, task, Search::sampling, stop); },
                              stop);
  const Verdict other = judge(second);
  if (other == Verdict::loops) return verdict == Verdict::loops ? second : first;
  if (verdict == Verdict::unsure && second.mean_log_probability < first.mean_log_probability) return first;
  return second;
}

std::vector<float> WhisperDecoder::languages(const std::vector<float>& samples, unsigned threads,
                                             const std::stop_token& stop) {
  return run_or_abandon<std::vector<float>>(
      [state = state_, samples, threads] { return state->languages(samples, static_cast<int>(threads)); },
      stop);
}

}  // namespace reelwright::speech
