#include "cli/transcript_output.h"

#include <iostream>

#include "captions/formats.h"
#include "captions/layout.h"
#include "core/files.h"
#include "transcript/formats.h"

namespace reelwright::cli {

namespace {

std::string in_format(const transcript::Transcript& transcript, const std::string& format) {
  if (format == "json") return transcript::to_whisperx_json(transcript) + "\n";
  if (format == "txt") return captions::to_txt(transcript);
  const auto pages = captions::lay_out(transcript, captions::subtitle_layout(), captions::columns);
  return format == "srt" ? captions::to_srt(pages) : captions::to_vtt(pages);
}

}  // namespace

void TranscriptOutput::add_options(CLI::App& command) {
  command
      .add_option("--format", format,
                  "json has WhisperX's shape; srt and vtt are subtitles; txt is the text alone")
      ->check(CLI::IsMember({"json", "srt", "vtt", "txt"}))
      ->capture_default_str();
  command.add_option("--out", out, "write to this file instead of the standard output");
}

void TranscriptOutput::write(const transcript::Transcript& transcript,
                             const std::vector<core::Warning>& warnings) const {
  for (const auto& warning : warnings)
    std::cerr << "warning: " << warning.message << " [" << warning.code << "]\n";
  const std::string text = in_format(transcript, format);
  if (!out.empty()) return core::write_file(out, text);
  std::cout << text << std::flush;
  if (!std::cout) {
    throw core::Error(core::ErrorCode::storage_full,
                      "The result could not be written to the standard output; is the disk full?");
  }
}

}  // namespace reelwright::cli
