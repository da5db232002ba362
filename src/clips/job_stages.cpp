#include "clips/job_stages.h"

#include <fmt/format.h>

#include <memory>

#include "captions/burner.h"
#include "core/digest.h"
#include "core/files.h"
#include "media/wav_writer.h"
#include "speech/aligner.h"
#include "speech/transcriber.h"
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
constexpr int selection_version = 1;
constexpr int framing_version = 4;
constexpr int render_version = 3;
constexpr int poster_version = 1;

std::string clip_key(const Source& source, const ChosenClip& clip, const Options& options) {
  return fmt::format("{} {} {} {}", source.identity, clip.span.start.count(), clip.span.end.count(),
                     options.aspect_ratio);
}

std::string numbered(std::string_view stem, const ChosenClip& clip, std::string_view extension) {
  return fmt::format("{}_{:02}{}", stem, clip.number, extension);
}

Words hear(const Source& source, const Options& options, const std::string& given,
           const core::Context& context) {
  Words words;
  if (given.empty()) {
    const auto transcriber = speech::make_transcriber();
    words.transcript = transcriber->transcribe(source.wav, options.language, context, words.warnings);
    words.engine = transcriber->name();
    return words;
  }
  transcript::Draft draft = transcript::read_draft(given);
  draft.language = options.language;
  words.engine = draft.has_word_times() ? "given" : std::string(speech::make_aligner()->name());
  words.transcript = speech::time_transcript(source.wav, draft, context, words.warnings);
  return words;
}

// Width and height of an aspect ratio; a clip as the source is has the source's own.
std::pair<int, int> aspect(const Options& options, const media::VideoFacts& video) {
  if (options.aspect_ratio == "source") return {video.width, video.height};
  const auto colon = options.aspect_ratio.find(':');
  return {std::stoi(options.aspect_ratio.substr(0, colon)),
          std::stoi(options.aspect_ratio.substr(colon + 1))};
}

}  // namespace

std::pair<std::filesystem::path, bool> extract_sound(const Source& source, stage::Workspace& workspace,
                                                     const core::Context& context) {
  const auto artifact = workspace.produce(
      "sound.wav", fmt::format("{} {}", sound_version, source.identity),
      [&](const std::filesystem::path& file) { media::extract_speech_wav(source.file, file, context); });
  return {artifact.file, artifact.reused};
}

std::pair<Words, bool> find_words(const Source& source, const Options& options, stage::Workspace& workspace,
                                  const core::Context& context) {
  const std::string given =
      options.transcript ? core::read_file(*options.transcript, largest_transcript) : "";
  if (options.transcript)
    transcript::read_draft(given);  // what is wrong with it is said also where nothing is heard
  if (source.wav.empty()) return {Words{.transcript = {}, .warnings = {}, .engine = "none"}, false};
  const std::string key =
      fmt::format("{} {} {} {}", words_version, source.identity, options.language, core::sha256(given));
  return stage::produce_json<Words>(workspace, "words.json", key,
                                    [&] { return hear(source, options, given, context); });
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
                                  const core::Context& context) {
  const SelectionRequest request{.count = options.num_clips,
                                 .min_duration = options.min_duration,
                                 .max_duration = options.max_duration,
                                 .source_duration = source.facts.duration,
                                 .language = options.language};
  const std::string key =
      fmt::format("{} {} {} {} {} {}", selection_version, source.identity, options.num_clips,
                  options.min_duration.count(), options.max_duration.count(),
                  core::sha256(transcript::to_whisperx_json(words.transcript)));
  return stage::produce_json<Selection>(workspace, "selection.json", key, [&] {
    if (!words.transcript.empty()) return choose_clips(words.transcript, sound, request, context);
    return choose_by_activity(sound, vision::picture_activity(source.file, context), request, context);
  });
}

std::pair<vision::Framing, bool> frame(const Source& source, const ChosenClip& clip, const Options& options,
                                       stage::Workspace& workspace, const core::Context& context) {
  const auto [width, height] = aspect(options, source.video);
  const vision::FramingRequest request{.clip = clip.span,
                                       .frame_rate = media::output_frame_rate(source.video).value(),
                                       .aspect_width = width,
                                       .aspect_height = height,
                                       .sound = source.wav};
  return stage::produce_json<vision::Framing>(
      workspace, numbered("framing", clip, ".json"),
      fmt::format("{} {}", framing_version, clip_key(source, clip, options)),
      [&] { return vision::frame_clip(source.file, request, context); });
}

std::pair<Rendered, bool> render(const Source& source, const ChosenClip& clip, const vision::Framing& framing,
                                 const Options& options, Size size, const std::string& ass,
                                 stage::Workspace& workspace, const core::Context& context) {
  const std::string key = fmt::format("{} {} {} {} {}", render_version, framing_version,
                                      clip_key(source, clip, options), options.encoder, core::sha256(ass));
  RenderRequest request{.source = source.file,
                        .span = clip.span,
                        .path = &framing.path,
                        .size = size,
                        .rate = media::output_frame_rate(source.video),
                        .encoder = options.encoder,
                        .out = {}};
  const std::unique_ptr<captions::Burner> burner =
      ass.empty() ? nullptr : std::make_unique<captions::Burner>(ass, size.width, size.height);
  if (burner) request.overlay = [&burner](AVFrame& picture, core::Time time) { burner->draw(picture, time); };
  std::optional<RenderResult> rendered;
  const auto produce_video = [&] {
    return workspace.produce(numbered("clip", clip, ".mp4"), key, [&](const std::filesystem::path& file) {
      request.out = file;
      rendered = render_clip(request, context);
    });
  };
  auto video = produce_video();
  // The facts stand in a file of their own, so that a video which is reused has them too.
  const auto [result, reused] =
      stage::produce_json<RenderResult>(workspace, numbered("render", clip, ".json"), key, [&] {
        if (!rendered) {  // the video outlived its facts, and only a new rendering tells them
          std::filesystem::remove(video.file);
          video = produce_video();
        }
        return rendered.value();
      });
  return {{video.file, result}, video.reused && reused};
}

std::pair<std::filesystem::path, bool> make_poster(const Source& source, const ChosenClip& clip,
                                                   const vision::Framing& framing, const Options& options,
                                                   Size size, stage::Workspace& workspace,
                                                   const core::Context& context) {
  context.check();
  // A little after the beginning, when the first word is out and nobody blinks on the cut.
  const core::Time at =
      clip.span.start + std::min<core::Time>(std::chrono::seconds(1), clip.span.duration() / 2);
  const auto artifact = workspace.produce(
      numbered("poster", clip, ".jpg"), fmt::format("{} {}", poster_version, clip_key(source, clip, options)),
      [&](const std::filesystem::path& file) {
        render_poster({source.file, at, &framing.path, size, file}, context.stop);
      });
  return {artifact.file, artifact.reused};
}

}  // namespace reelwright::clips
