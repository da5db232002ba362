#include "clips/job_stages.h"

#include <fmt/format.h>

#include "clips/own_spans.h"
#include "core/digest.h"
#include "core/files.h"
#include "media/wav_writer.h"
#include "speech/aligner.h"
#include "speech/whisper_language.h"
#include "stage/json_artifact.h"
#include "transcript/formats.h"
#include "vision/activity.h"

namespace reelwright::clips {

namespace {

constexpr std::uintmax_t largest_transcript = 50'000'000;

// Raise a stage's number when its code changes what it makes: artifacts of older code are then made anew.
constexpr int sound_version = 1;
constexpr int words_version = 1;
constexpr int envelope_version = 1;
constexpr int selection_version = 3;
constexpr int meaning_version = 1;  // of topics by what is meant

Words hear(const Source& source, const Options& options, speech::Transcriber& transcriber,
           const std::string& given, const core::Context& context) {
  Words words;
  if (given.empty()) {
    words.transcript = transcriber.transcribe(source.wav, options.language, context, words.warnings);
    words.engine = transcriber.name();
    return words;
  }
  transcript::Draft draft = transcript::read_draft(given);
  draft.language = options.language;
  if (draft.has_word_times()) {
    words.engine = "given";
    words.transcript = transcript::with_given_times(draft);
    return words;
  }
  const auto aligner = speech::make_aligner(options.aligner, draft.language);
  words.transcript = aligner->align(source.wav, draft, context, words.warnings);
  words.engine = aligner->name();
  return words;
}

/// All that clips are chosen by.
std::string selection_key(const Source& source, const Words& words, const Options& options,
                          const language::TopicTools& topics) {
  return fmt::format("{} {} {} {} {} {}{}", selection_version, source.identity, options.num_clips,
                     options.min_duration.count(), options.max_duration.count(),
                     core::sha256(transcript::to_whisperx_json(words.transcript)), topics_key(topics));
}

}  // namespace

std::string topics_key(const language::TopicTools& topics) {
  if (!topics.embedder) return {};
  return fmt::format(" {} {} {}", meaning_version, static_cast<int>(topics.method), topics.embedder->name());
}

SelectionRequest selection_request(const Source& source, const Words& words, const Options& options,
                                   const language::TopicTools& topics) {
  const bool was_found = options.language == speech::any_language;
  return {.count = options.num_clips,
          .min_duration = options.min_duration,
          .max_duration = options.max_duration,
          .source_duration = source.facts.duration,
          .language = was_found ? words.transcript.language : options.language,
          .topics = topics};
}

std::pair<std::filesystem::path, bool> extract_sound(const Source& source, stage::Workspace& workspace,
                                                     const core::Context& context) {
  const auto artifact = workspace.produce(
      "sound.wav", fmt::format("{} {}", sound_version, source.identity),
      [&](const std::filesystem::path& file) { media::extract_speech_wav(source.file, file, context); });
  return {artifact.file, artifact.reused};
}

std::pair<Words, bool> find_words(const Source& source, const Options& options,
                                  speech::Transcriber& transcriber, stage::Workspace& workspace,
                                  const core::Context& context) {
  const std::string given =
      options.transcript ? core::read_file(*options.transcript, largest_transcript) : "";
  if (options.transcript)
    transcript::read_draft(given);  // what is wrong with it is said also where nothing is heard
  if (source.wav.empty()) return {Words{.transcript = {}, .warnings = {}, .engine = "none"}, false};
  std::string key =
      fmt::format("{} {} {} {}", words_version, source.identity, options.language, core::sha256(given));
  if (options.transcript) key += speech::aligner_key(options.aligner, options.language);
  if (const std::string engine = transcriber.key(); !engine.empty()) key += " " + engine;
  return stage::produce_json<Words>(workspace, "words.json", key,
                                    [&] { return hear(source, options, transcriber, given, context); });
}

std::pair<media::Envelope, bool> measure_sound(const Source& source, stage::Workspace& workspace,
                                               const core::Context& context) {
  if (source.wav.empty()) return {media::Envelope{}, false};
  return stage::produce_json<media::Envelope>(
      workspace, "envelope.json", fmt::format("{} {}", envelope_version, source.identity),
      [&] { return media::loudness_envelope(source.wav, {}, context); });
}

std::pair<Selection, bool> select(const Source& source, const Words& words, const media::Envelope& sound,
                                  const Options& options, stage::Workspace& workspace,
                                  const core::Context& context, const language::TopicTools& topics) {
  const SelectionRequest request = selection_request(source, words, options, topics);
  return stage::produce_json<Selection>(
      workspace, "selection.json", selection_key(source, words, options, topics), [&] {
        if (!words.transcript.empty()) return choose_clips(words.transcript, sound, request, context);
        return choose_by_activity(sound, vision::picture_activity(source.file, context), request, context);
      });
}

std::pair<std::vector<ChosenClip>, bool> describe(const Source& source, const Words& words,
                                                  const media::Envelope& sound,
                                                  const std::vector<core::Span>& spans,
                                                  const Options& options, stage::Workspace& workspace,
                                                  const core::Context& context,
                                                  const language::TopicTools& topics) {
  std::string key = selection_key(source, words, options, topics);
  for (const core::Span& span : spans) key += fmt::format(" {} {}", span.start.count(), span.end.count());
  return stage::produce_json<std::vector<ChosenClip>>(workspace, "spans.json", key, [&] {
    return describe_spans(words.transcript, sound, selection_request(source, words, options, topics), spans,
                          context);
  });
}

}  // namespace reelwright::clips
