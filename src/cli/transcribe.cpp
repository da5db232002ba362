#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/transcript_output.h"
#include "speech/transcriber.h"

namespace reelwright::cli {

namespace {

struct TranscribeOptions {
  std::string file;
  std::string language = "en";
  TranscriptOutput output;
};

void run_transcribe(const TranscribeOptions& options) {
  std::vector<core::Warning> warnings;
  Progress progress;
  const core::Context context = shown_context(progress, "listening");
  const auto transcript =
      speech::make_transcriber()->transcribe(options.file, options.language, context, warnings);
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
                   "language that is spoken (BCP 47); the built-in engine knows English")
      ->capture_default_str();
  options->output.add_options(*command);
  command->footer(
      "Examples:\n"
      "  reelwright transcribe talk.mp4 > talk.json\n"
      "  reelwright transcribe talk.mp4 --format srt --out talk.srt");
  command->callback([options] { run_transcribe(*options); });
}

}  // namespace reelwright::cli
