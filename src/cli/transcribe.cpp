#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/setting_flags.h"
#include "cli/speaker_telling.h"
#include "cli/transcript_output.h"
#include "cli/vendors.h"
#include "clips/options.h"
#include "core/config.h"
#include "speech/openai_transcriber.h"

namespace reelwright::cli {

namespace {

struct TranscribeOptions {
  std::string file;
  std::string language = "en";
  core::Config::Inputs inputs;  // flags by the names of their settings
  TranscriptOutput output;
};

void run_transcribe(const TranscribeOptions& options) {
  const core::Config config = core::Config::load(options.inputs);
  CommandTransport transport(config, {speech::transcriber_endpoint.role});
  const auto transcriber = speech::make_transcriber(clips::transcriber_from(config), transport.get());
  const SpeakerTelling speakers(config);
  std::vector<core::Warning> warnings;
  Progress progress;
  core::Context context = shown_context(progress, "listening");
  if (const int threads = config.integer("THREADS"); threads > 0)
    context.threads = static_cast<unsigned>(threads);
  const auto [hearing, telling] = speakers.parts(context);
  auto transcript = transcriber->transcribe(options.file, options.language, hearing, warnings);
  speakers.tell(options.file, transcript, telling);
  progress.clear();
  options.output.write(transcript, warnings);
}

}  // namespace

void add_transcribe(CLI::App& app) {
  auto options = std::make_shared<TranscribeOptions>();
  auto* command = app.add_subcommand("transcribe",
                                     "Write down what is said in a recording, with the time of every word.");
  command->add_option("FILE", options->file, "video or sound")->required();
  command
      ->add_option("--language", options->language,
                   "language that is spoken (BCP 47); the built-in engine knows English, and a multilingual "
                   "Whisper model finds out by auto")
      ->capture_default_str();
  options->output.add_options(*command);
  add_setting_flags(*command, options->inputs, {core::SettingGroup::machine});
  command->footer(
      "Examples:\n"
      "  reelwright transcribe talk.mp4 > talk.json\n"
      "  reelwright transcribe talk.mp4 --format srt --out talk.srt\n"
      "  reelwright transcribe talk.mp4 --transcriber-model whisper-base --language auto");
  command->callback([options] { run_transcribe(*options); });
}

}  // namespace reelwright::cli
