#include "speech/openai_transcriber.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

#include "core/config.h"
#include "core/digest.h"
#include "core/text.h"
#include "core/wav.h"
#include "net/refusal.h"
#include "speech/aligner.h"
#include "speech/doubt.h"
#include "speech/language.h"
#include "speech/parallel_map.h"
#include "speech/punctuation.h"
#include "speech/segments.h"
#include "speech/sound.h"
#include "speech/transcription.h"
#include "speech/whisper_guard.h"
#include "speech/whisper_language.h"
#include "speech/windows.h"
#include "transcript/formats.h"
#include "transcript/words.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;
using transcript::Draft;
using transcript::DraftSegment;
using transcript::DraftWord;
using transcript::Timing;

// Raised when the code around the server changes what it hears.
constexpr int remote_version = 1;
constexpr const char* path = "/audio/transcriptions";
constexpr double marked = 0.1;  // the probability that words of a loop have at most

// 2.6 MB: far below the 25 MiB of a file that servers take, and within a message between a job and its
// worker.
constexpr core::Time longest_window = std::chrono::seconds(80);

/// What a server made of a window.
struct Heard {
  Window window;  ///< without its samples
  Transcription told;
  bool loops = false;

  core::Span span() const { return {window.pieces.front().source.start, window.end()}; }
};

std::string wav_of(const Window& window) {
  std::vector<std::int16_t> samples(window.samples.size());
  std::ranges::transform(window.samples, samples.begin(), [](float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample * 32768, -32768.0F, 32767.0F)));
  });
  return core::to_wav(samples);
}

/// Asks about windows, in a way that the server understands.
class Server {
 public:
  Server(net::Transport& transport, net::Asked asked, TranscriptionRequest request)
      : transport_(transport), asked_(std::move(asked)), request_(std::move(request)) {}

  Heard hear(const Window& window, const std::stop_token& stop) {
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

 private:
  net::ApiAnswer post(const std::string& wav, const std::stop_token& stop) {
    for (;;) {
      const AnswerDetail detail = detail_;
      net::ApiAnswer answer = transport_.post({.role = transcriber_endpoint.role,
                                               .path = path,
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

  net::Transport& transport_;
  const net::Asked asked_;
  const TranscriptionRequest request_;
  std::atomic<AnswerDetail> detail_ = AnswerDetail::word_times;
};

bool is_silent(const Transcription& told, const core::Span& span) {
  const core::Time middle = (span.start + span.end) / 2;
  return std::ranges::any_of(told.segments, [&](const Transcription::Segment& segment) {
    return segment.is_silence && segment.span.contains(middle);
  });
}

double probability_at(const Transcription& told, core::Time time) {
  const auto segment = std::ranges::find_if(
      told.segments, [&](const Transcription::Segment& one) { return one.span.contains(time); });
  return segment == told.segments.end() ? 1 : segment->probability;
}

/// The words of a window, with times of the recording where the server told some.
DraftSegment drafted(const Heard& heard) {
  DraftSegment segment{
      .span = heard.span(), .speaker = {}, .words = with_punctuation(heard.told.text, heard.told.words)};
  for (DraftWord& word : segment.words) {
    if (word.span) {
      word.probability = probability_at(heard.told, word.span->start);
      word.span = heard.window.at_source(heard.window.spoken_part(*word.span));
    }
    if (heard.loops) word.probability = std::min(word.probability, marked);
  }
  return segment;
}

/// What the server itself takes for silence is not kept.
void drop_silence(Transcription& told) {
  if (!told.segments.empty() && std::ranges::all_of(told.segments, &Transcription::Segment::is_silence))
    told.text.clear();
  if (std::erase_if(told.words,
                    [&](const Transcription::Word& word) { return is_silent(told, word.span); }) == 0)
    return;
  std::string text;  // what is left of it has lost its punctuation
  for (const Transcription::Word& word : told.words) transcript::append_word(text, word.text);
  told.text = text;
}

Draft drafted(std::vector<Heard>& all) {
  Draft draft;
  for (Heard& heard : all) {
    drop_silence(heard.told);
    DraftSegment segment = drafted(heard);
    if (!segment.words.empty()) draft.segments.push_back(std::move(segment));
  }
  return draft;
}

bool is_timed(const Draft& draft) {
  return std::ranges::all_of(draft.segments, [](const DraftSegment& segment) {
    return Draft{.segments = {segment}}.has_word_times();
  });
}

/// The server's own times are what it heard, not what a user brought.
std::vector<transcript::Word> recognised(const Draft& draft) {
  std::vector<transcript::Word> words = transcript::with_given_times(draft).words();
  for (transcript::Word& word : words)
    if (word.timing == Timing::given) word.timing = Timing::recognised;
  return words;
}

/// BCP 47 of what a server calls a language; empty where it does not say, or nobody knows it.
std::string language_told(const std::vector<Heard>& all) {
  for (const Heard& heard : all) {
    if (heard.told.language.empty()) continue;
    try {
      return whisper_language(heard.told.language);
    } catch (const Error&) {
      return {};
    }
  }
  return {};
}

}  // namespace

std::unique_ptr<net::Vendor> transcriber_vendor(const core::Config& config) {
  const bool is_set = config.text(transcriber_endpoint.engine) == "openai";
  return is_set ? net::vendor_from(config, transcriber_endpoint, path) : nullptr;
}

OpenAiTranscriber::OpenAiTranscriber(const TranscriberOptions& options, std::string prompt,
                                     net::Transport& transport)
    : base_url_(options.base_url),
      model_(options.model),
      prompt_(std::move(prompt)),
      aligner_(options.aligner),
      transport_(transport),
      name_(fmt::format("{} at {}", core::printable(model_, 100), base_url_)) {}

std::string OpenAiTranscriber::key() const {
  std::string key =
      fmt::format("openai {} {} {} {}", remote_version, base_url_, model_, core::sha256(prompt_));
  for (const auto& [language, model] : aligner_.models) key += aligner_key(aligner_, language);
  return key;
}

transcript::Transcript OpenAiTranscriber::transcribe(const std::filesystem::path& audio,
                                                     std::string_view language, const core::Context& context,
                                                     std::vector<core::Warning>& warnings) {
  const bool is_known = language != any_language;
  transcript::Transcript result;
  std::vector<Heard> all;
  if (const auto duration = sound_duration(audio)) {
    Server server(
        transport_, {transcriber_endpoint, base_url_, model_, path},
        {.model = model_, .language = is_known ? primary_language(language) : "", .prompt = prompt_});
    Windower windows = voice_windows(open_sound(audio, context), longest_window);
    all = parallel_map<Window, Heard>(
        [&] { return windows.next(); },
        [&](const std::stop_token&) {
          return [&](const Window& window, const std::stop_token& stop) { return server.hear(window, stop); };
        },
        [&, done = core::Time{}](const Window& window) mutable {
          done = std::max(done, window.end());
          if (*duration > core::Time::zero())
            context.report(std::min(1.0, core::to_seconds(done) / core::to_seconds(*duration)));
        },
        context);
  }
  result.language = is_known ? primary_language(language) : language_told(all);
  if (result.language.empty()) result.language = "en";
  Draft draft = drafted(all);
  draft.language = result.language;
  if (draft.segments.empty()) {
    warnings.push_back({"no_speech", "No speech was found in the sound."});
  } else if (is_timed(draft)) {
    std::vector<transcript::Word> words = recognised(draft);
    warn_of_doubt(words, warnings);
    result.segments = split_at_pauses(std::move(words));
  } else {
    result = make_aligner(aligner_, result.language)->align(audio, draft, context.silent(), warnings);
    result.segments = split_at_pauses(result.words());
  }
  std::vector<core::Time> loops;
  for (const Heard& heard : all)
    if (heard.loops) loops.push_back(heard.span().start);
  warn_of_loops(loops, warnings);
  context.report(1);
  return result;
}

}  // namespace reelwright::speech
