#include "speech/parakeet_decoder.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/error.h"
#include "speech/abandon.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;

constexpr core::Time tick = std::chrono::milliseconds(10);

[[noreturn]] void out_of_memory() {
  throw Error(ErrorCode::unavailable,
              "Parakeet has not memory enough; take a smaller model or fewer THREADS.");
}

bool is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested(); }

parakeet_full_params parameters(unsigned threads, std::stop_token& stop) {
  parakeet_full_params made = ::parakeet_full_default_params(PARAKEET_SAMPLING_GREEDY);
  made.n_threads = static_cast<int>(threads);
  made.no_context = true;
  made.abort_callback = is_stopped;
  made.abort_callback_user_data = &stop;
  return made;
}

/// With a space in place of SentencePiece's mark of one.
std::string shown(const char* piece) {
  std::string text(static_cast<std::size_t>(::parakeet_token_to_text(piece, false, nullptr, 0)), ' ');
  ::parakeet_token_to_text(piece, false, text.data(), static_cast<int>(text.size()) + 1);
  return text;
}

/// Such as `<|nospeech|>`: nothing that was said.
bool is_special(std::string_view text) { return text.starts_with('<') && text.ends_with('>'); }

}  // namespace

struct ParakeetDecoder::State {
  explicit State(std::shared_ptr<const ParakeetModel> of)
      : model(std::move(of)), state(::parakeet_init_state(model->context())) {
    if (!state) out_of_memory();
  }

  Hearing decode(const std::vector<float>& samples, unsigned threads, std::stop_token stop);
  Hearing result() const;

  struct Free {
    void operator()(parakeet_state* state) const { ::parakeet_free_state(state); }
  };
  std::shared_ptr<const ParakeetModel> model;  // outlives the state
  std::unique_ptr<parakeet_state, Free> state;
};

Hearing ParakeetDecoder::State::decode(const std::vector<float>& samples, unsigned threads,
                                       std::stop_token stop) {
  const int failed = ::parakeet_full_with_state(model->context(), state.get(), parameters(threads, stop),
                                                samples.data(), static_cast<int>(samples.size()));
  if (failed == 0) return result();
  if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "Stopped while listening to speech.");
  out_of_memory();
}

Hearing ParakeetDecoder::State::result() const {
  Hearing hearing;
  double sum = 0;
  for (int segment = 0; segment < ::parakeet_full_n_segments_from_state(state.get()); ++segment)
    for (int i = 0; i < ::parakeet_full_n_tokens_from_state(state.get(), segment); ++i) {
      const auto token = ::parakeet_full_get_token_data_from_state(state.get(), segment, i);
      std::string text = shown(::parakeet_token_to_str(model->context(), token.id));
      if (is_special(text)) continue;
      const double probability = std::isfinite(token.p) ? token.p : 0;
      sum += std::log(std::max(probability, std::numeric_limits<double>::min()));
      hearing.tokens.push_back({std::move(text), probability, tick * token.t1, tick * token.t0});
    }
  if (!hearing.tokens.empty())
    hearing.mean_log_probability = sum / static_cast<double>(hearing.tokens.size());
  return hearing;
}

ParakeetDecoder::ParakeetDecoder(std::shared_ptr<const ParakeetModel> model)
    : state_(std::make_shared<State>(std::move(model))) {}

Hearing ParakeetDecoder::hear(const std::vector<float>& samples, unsigned threads,
                              const std::stop_token& stop) {
  return run_or_abandon<Hearing>(
      [state = state_, samples, threads, stop] { return state->decode(samples, threads, stop); }, stop);
}

WindowDecoders parakeet_decoders(const std::shared_ptr<const ParakeetModel>& model) {
  return {.bytes = decoder_bytes(model->shape()), .make = [model](unsigned threads) {
            return [decoder = std::make_shared<ParakeetDecoder>(model), threads](
                       const std::vector<float>& samples, const std::stop_token& stop) {
              return decoder->hear(samples, threads, stop);
            };
          }};
}

}  // namespace reelwright::speech
