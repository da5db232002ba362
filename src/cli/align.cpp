#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/setting_flags.h"
#include "cli/speaker_telling.h"
#include "cli/transcript_output.h"
#include "clips/options.h"
#include "core/config.h"
#include "core/files.h"
#include "speech/aligner.h"
#include "transcript/formats.h"

namespace reelwright::cli {

namespace {

constexpr std::uintmax_t largest_text = 50'000'000;

struct AlignOptions {
  std::string file;
  std::string text;
  std::string language = "en";
  core::Config::Inputs inputs;  // flags by the names of their settings
  TranscriptOutput output;
};

void run_align(const AlignOptions& options) {
  auto draft = transcript::read_draft(core::read_file(options.text, largest_text));
  draft.language = options.language;
  std::vector<core::Warning> warnings;
  Progress progress;
  const core::Context context = shown_context(progress, "aligning");
  const core::Config config = core::Config::load(options.inputs);
  const auto aligner = speech::make_aligner(clips::aligner_from(config), options.language);
  const SpeakerTelling speakers(config);
  const auto [aligning, telling] = speakers.parts(context);
  auto transcript = aligner->align(options.file, draft, aligning, warnings);
  speakers.tell(options.file, transcript, telling);
  progress.clear();
  options.output.write(transcript, warnings);
}

}  // namespace

void add_align(CLI::App& app) {
  auto options = std::make_shared<AlignOptions>();
  auto* command = app.add_subcommand("align", "Find when each word of a known text is said in a recording.");
  command->add_option("FILE", options->file, "video or sound")->required();
  command
      ->add_option("--text", options->text, "file with the words: plain text, SRT, WebVTT or WhisperX JSON")
      ->required();
  command
      ->add_option(
          "--language", options->language,
          "language of the text (BCP 47); the built-in engine knows English, others need --aligner-model")
      ->capture_default_str();
  options->output.add_options(*command);
  add_setting_flags(*command, options->inputs, {core::SettingGroup::machine});
  command->footer(
      "Every word gets a time and says how it was found: \"aligned\", or \"interpolated\" where it is not in "
      "the sound.\n"
      "Examples:\n"
      "  reelwright align talk.mp4 --text script.txt > talk.json\n"
      "  reelwright align talk.mp4 --text subtitles.srt --format vtt --out talk.vtt\n"
      "  reelwright align vortrag.mp4 --text vortrag.txt --language de --aligner-model de=german.onnx");
  command->callback([options] { run_align(*options); });
}

}  // namespace reelwright::cli
