#include <iostream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "core/files.h"
#include "speech/aligner.h"
#include "transcript/formats.h"

namespace reelwright::cli {

namespace {

constexpr std::uintmax_t largest_text = 50U << 20U;

struct AlignOptions {
  std::string file;
  std::string text;
  std::string language = "en";
  std::string out;
};

void run_align(const AlignOptions& options) {
  auto draft = transcript::read_draft(core::read_file(options.text, largest_text));
  draft.language = options.language;
  std::vector<core::Warning> warnings;
  const stage::Context context;
  const auto transcript = speech::make_aligner()->align(options.file, draft, context, warnings);
  for (const auto& warning : warnings)
    std::cerr << "warning: " << warning.message << " [" << warning.code << "]\n";
  const std::string json = transcript::to_whisperx_json(transcript);
  if (options.out.empty()) {
    std::cout << json << '\n';
  } else {
    core::write_file(options.out, json);
  }
}

}  // namespace

void add_align(CLI::App& app) {
  auto options = std::make_shared<AlignOptions>();
  CLI::App* const command =
      app.add_subcommand("align", "Find when each word of a known text is said in a recording");
  command->add_option("FILE", options->file, "Video or sound")->required();
  command->add_option("--text", options->text, "The words: plain text, SRT, WebVTT or WhisperX JSON")
      ->required();
  command->add_option("--language", options->language, "Language of the text (BCP 47)")
      ->capture_default_str();
  command->add_option("--out", options->out, "Write to this file instead of the standard output");
  command->callback([options] { run_align(*options); });
}

}  // namespace reelwright::cli
