#include <iostream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "core/files.h"
#include "speech/transcriber.h"
#include "transcript/formats.h"

namespace reelwright::cli {

namespace {

struct TranscribeOptions {
  std::string file;
  std::string language = "en";
  std::string out;
};

void run_transcribe(const TranscribeOptions& options) {
  std::vector<core::Warning> warnings;
  const stage::Context context;
  const auto transcript =
      speech::make_transcriber()->transcribe(options.file, options.language, context, warnings);
  for (const auto& warning : warnings)
    std::cerr << "warning: " << warning.message << " [" << warning.code << "]\n";
  const std::string text = transcript::to_whisperx_json(transcript);
  if (options.out.empty()) {
    std::cout << text << '\n';
  } else {
    core::write_file(options.out, text);
  }
}

}  // namespace

void add_transcribe(CLI::App& app) {
  auto options = std::make_shared<TranscribeOptions>();
  CLI::App* const command =
      app.add_subcommand("transcribe", "Write down what is said in a recording, with the time of every word");
  command->add_option("FILE", options->file, "Video or sound")->required();
  command->add_option("--language", options->language, "Language that is spoken (BCP 47)")
      ->capture_default_str();
  command->add_option("--out", options->out, "Write to this file instead of the standard output");
  command->callback([options] { run_transcribe(*options); });
}

}  // namespace reelwright::cli
