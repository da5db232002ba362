#include "media/probe.h"

#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <iterator>
#include <memory>

#include "cli/command.h"
#include "clips/source_json.h"
#include "core/text.h"

namespace reelwright::cli {

namespace {

struct ProbeOptions {
  std::string file;
  bool json = false;
};

std::string clock(double seconds) {
  const auto hundredths = std::llround(seconds * 100);
  return fmt::format("{}:{:02}:{:02}.{:02}", hundredths / 360000, hundredths / 6000 % 60,
                     hundredths / 100 % 60, hundredths % 100);
}

std::string line(const clips::VideoJson& video) {
  std::string text =
      fmt::format("{} {} x {}, {:.5g} fps", video.codec, video.width, video.height, video.frame_rate);
  if (video.variable_frame_rate) text += " (variable)";
  if (video.rotation != 0) text += fmt::format(", turned {} degrees", video.rotation);
  if (std::abs(video.pixel_aspect - 1) > 1e-3) text += fmt::format(", pixels {:.4g}:1", video.pixel_aspect);
  if (video.interlaced) text += ", interlaced";
  if (video.bit_depth != 8) text += fmt::format(", {} bit", video.bit_depth);
  if (video.hdr) text += ", HDR";
  if (video.start != 0) text += fmt::format(", starts at {:.3f} s", video.start);
  return text;
}

std::string line(const clips::AudioJson& audio) {
  std::string text = fmt::format("{} {} Hz, {} {}", audio.codec, audio.sample_rate, audio.channels,
                                 audio.channels == 1 ? "channel" : "channels");
  if (!audio.language.empty()) text += ", " + audio.language;
  if (!audio.title.empty()) text += fmt::format(", \"{}\"", core::printable(audio.title));
  if (audio.is_default) text += ", default";
  if (audio.start != 0) text += fmt::format(", starts at {:.3f} s", audio.start);
  return text;
}

std::string table(const clips::SourceJson& source) {
  std::string text = fmt::format("file       {}\ncontainer  {}\nlength     {}\nsize       {:.1f} MB\n",
                                 core::printable(source.file), source.container, clock(source.duration),
                                 static_cast<double>(source.bytes) / 1e6);
  const auto out = std::back_inserter(text);
  if (!source.title.empty()) fmt::format_to(out, "title      {}\n", core::printable(source.title));
  fmt::format_to(out, "picture    {}\n", source.video ? line(*source.video) : "none");
  if (source.audio.empty()) text += "sound      none\n";
  for (const clips::AudioJson& audio : source.audio) fmt::format_to(out, "sound      {}\n", line(audio));
  return text;
}

void run_probe(const ProbeOptions& options) {
  const clips::SourceJson source = clips::source_json(options.file, media::probe(options.file));
  std::cout << (options.json ? clips::to_text(source) + "\n" : table(source));
}

}  // namespace

void add_probe(CLI::App& app) {
  auto options = std::make_shared<ProbeOptions>();
  auto* command = app.add_subcommand("probe", "Tell what is in a video or audio file.");
  command->add_option("FILE", options->file, "video or sound")->required();
  command->add_flag("--json", options->json, "as JSON");
  command->footer(
      "Examples:\n"
      "  reelwright probe talk.mp4\n"
      "  reelwright probe talk.mp4 --json > talk.facts.json");
  command->callback([options] { run_probe(*options); });
}

}  // namespace reelwright::cli
