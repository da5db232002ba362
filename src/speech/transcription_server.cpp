#include "speech/transcription_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "core/wav.h"
#include "speech/whisper_guard.h"

namespace reelwright::speech {

using core::Error;
using core::ErrorCode;

namespace {

std::string wav_of(const Window& window) {
  std::vector<std::int16_t> samples(window.samples.size());
  std::ranges::transform(window.samples, samples.begin(), [](float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample * 32768, -32768.0F, 32767.0F)));
  });
  return core::to_wav(samples);
}

}  // namespace

HeardWindow TranscriptionServer::hear(const Window& window, const std::stop_token& stop) {
  const net::ApiAnswer answer = post(wav_of(window), stop);
  auto told = read_transcription(answer.body, window.duration());
  if (!told)
    throw Error(ErrorCode::unavailable,
                fmt::format("What {} answers is no transcription; is {} right?", asked_.base_url,
                            asked_.settings.base_url),
                fmt::format("x-request-id {} {}", answer.request_id, core::printable(answer.body, 300)));
  const bool loops = judge({.tokens = {{.text = told->text}}}) == Verdict::loops;
  Window heard = window;
  heard.samples = {};
  return {std::move(heard), *std::move(told), loops};
}

net::ApiAnswer TranscriptionServer::post(const std::string& wav, const std::stop_token& stop) {
  for (;;) {
    const AnswerDetail detail = detail_;
    net::ApiAnswer answer = transport_.post({.role = asked_.settings.role,
                                             .path = asked_.path,
                                             .body = to_json(request_, detail),
                                             .stage = "transcript",
                                             .sound = wav},
                                            stop);
    if (answer.good()) return answer;
    const net::VendorError error = net::vendor_error(answer.body);
    const bool of_detail = (answer.status == 400 || answer.status == 422) && detail != AnswerDetail::text &&
                           !net::is_no_model(answer, error);
    if (!of_detail) throw net::refusal(answer, error, asked_);
    AnswerDetail before = detail;  // whoever was refused at the same time has gone on already
    detail_.compare_exchange_strong(
        before, detail == AnswerDetail::word_times ? AnswerDetail::verbose : AnswerDetail::text);
  }
}

}  // namespace reelwright::speech
