// Our files read by FFmpeg's own demuxers, the parsers that most players and editors share.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "captions/captions.h"
#include "captions/test_words.h"

extern "C" {
#include <libavformat/avformat.h>
}

namespace reelwright::captions {
namespace {

using namespace std::chrono_literals;

struct Cue {
  core::Span span;
  std::string text;
};

std::vector<Cue> read_by_ffmpeg(const std::string& content, const std::string& extension) {
  const auto file = std::filesystem::temp_directory_path() / ("reelwright_players_test." + extension);
  std::ofstream(file) << content;
  AVFormatContext* input = nullptr;
  EXPECT_EQ(avformat_open_input(&input, file.c_str(), nullptr, nullptr), 0) << extension;
  std::vector<Cue> cues;
  if (input == nullptr) return cues;
  const AVRational base = input->streams[0]->time_base;
  AVPacket* packet = av_packet_alloc();
  while (av_read_frame(input, packet) >= 0) {
    const auto time = [&](std::int64_t ticks) {
      return core::Time{av_rescale_q(ticks, base, {1, 1'000'000})};
    };
    cues.push_back(
        {{time(packet->pts), time(packet->pts + packet->duration)},
         std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size))});
    av_packet_unref(packet);
  }
  av_packet_free(&packet);
  avformat_close_input(&input);
  std::filesystem::remove(file);
  return cues;
}

Files files_of(std::string_view style) {
  Request request;
  request.transcript = spoken("Hello & <welcome>, {everyone}. Are\\nyou ready? Then we begin!");
  request.duration = 8s;
  request.style = style;
  return make_captions(request);
}

TEST(Players, ReadEveryCueOfSrtAndVttAtItsTime) {
  const Files files = files_of("bold");
  for (const auto& [content, extension] : {std::pair{files.srt, "srt"}, {files.vtt, "vtt"}}) {
    const auto cues = read_by_ffmpeg(content, extension);
    ASSERT_EQ(cues.size(), files.pages.size()) << extension;
    for (std::size_t i = 0; i < cues.size(); ++i) {
      EXPECT_LE(std::chrono::abs(cues[i].span.start - files.pages[i].span.start), 1ms);
      EXPECT_LE(std::chrono::abs(cues[i].span.end - files.pages[i].span.end), 1ms);
    }
  }
  EXPECT_NE(read_by_ffmpeg(files.srt, "srt")[0].text.find("Hello &"), std::string::npos);
  EXPECT_NE(read_by_ffmpeg(files.vtt, "vtt")[0].text.find("&amp;"), std::string::npos);
}

TEST(Players, ReadEveryLineOfAss) {
  for (const Style& style : caption_styles()) {
    const Files files = files_of(style.name);
    const auto cues = read_by_ffmpeg(files.ass, "ass");
    std::size_t lines = 0;
    for (const Page& page : files.pages) lines += page.lines.size();
    // A line of text each; `boxed` has drawings besides.
    const auto texts = std::ranges::count_if(cues, [](const Cue& cue) { return !cue.text.contains("\\p1"); });
    EXPECT_EQ(static_cast<std::size_t>(texts), lines) << style.name;
  }
}

}  // namespace
}  // namespace reelwright::captions
