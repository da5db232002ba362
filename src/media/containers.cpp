#include "media/containers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

extern "C" {
#include <libavutil/avstring.h>
}

#include "core/files.h"
#include "media/av.h"

namespace reelwright::media {

const char* const container_whitelist =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,gif,asf,mxf,ogg,mp3,wav,w64,flac,aac,ac3,eac3,"
    "aiff,caf,amr,amrnb,amrwb,au,dv,mpegvideo,m4v,h264,hevc,mjpeg";

namespace {

using core::Error;
using core::ErrorCode;

std::string first_bytes(const std::filesystem::path& file, std::size_t count) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(count, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

/// What FFmpeg would take the first bytes for, or an empty string.
std::string guessed_format(std::string bytes) {
  const auto size = static_cast<int>(bytes.size());
  bytes.resize(bytes.size() + AVPROBE_PADDING_SIZE, '\0');
  std::vector<unsigned char> copy(bytes.begin(), bytes.end());
  AVProbeData data{.filename = "", .buf = copy.data(), .buf_size = size, .mime_type = nullptr};
  int score = 0;
  const AVInputFormat* format = av_probe_input_format3(&data, 1, &score);
  return format && score > AVPROBE_SCORE_RETRY ? format->name : "";
}

bool is_playlist(const std::string& bytes, const std::string& format) {
  if (bytes.starts_with("#EXTM3U") || bytes.starts_with("ffconcat") || bytes.starts_with("[playlist]"))
    return true;
  if (bytes.find("<MPD") != std::string::npos || bytes.find("<smil") != std::string::npos) return true;
  for (const char* name : {"hls", "concat", "dash", "imf", "sdp", "rtsp", "tedcaptions", "vobsub"})
    if (format == name) return true;
  return false;
}

bool is_text(const std::string& bytes) {
  for (const unsigned char c : bytes)
    if (c < 0x09 || (c > 0x0d && c < 0x20 && c != 0x1b)) return false;
  return !bytes.empty();
}

bool is_mp4(const std::string& bytes) {
  if (bytes.size() < 8) return false;
  const std::string box = bytes.substr(4, 4);
  return box == "ftyp" || box == "moov" || box == "mdat" || box == "wide" || box == "free" || box == "skip";
}

}  // namespace

void require_regular_file(const std::filesystem::path& file) {
  struct stat facts{};
  if (::stat(file.c_str(), &facts) != 0) core::throw_errno(errno, "read", file);
  if (S_ISDIR(facts.st_mode)) core::throw_errno(EISDIR, "read", file);
  if (!S_ISREG(facts.st_mode))
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is no regular file; name a video or audio file.", file.string()));
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) core::throw_errno(errno, "read", file);
  ::close(fd);
  if (facts.st_size == 0)
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is empty; copy or record it again.", file.string()));
}

void throw_protected(const std::filesystem::path& file) {
  throw Error(ErrorCode::unsupported_media,
              fmt::format("{} is protected by DRM; give a copy without protection.", file.string()));
}

void throw_unreadable(const std::filesystem::path& file, int av_error) {
  if (av_error == AVERROR(ENOMEM)) throw std::bad_alloc();
  const std::string bytes = first_bytes(file, 4096);
  const std::string format = guessed_format(bytes);
  const std::string place = file.string();
  const std::string details = fmt::format("open {}: {} (looks like '{}')", place, av_words(av_error), format);
  const auto refuse = [&](const std::string& sentence) {
    throw Error(ErrorCode::unsupported_media, sentence, details);
  };
  if (is_playlist(bytes, format))
    refuse(fmt::format("{} is a playlist that names other files; give the video file itself.", place));
  if (is_mp4(bytes))
    refuse(fmt::format("{} is cut short or damaged: its index (moov) is missing; copy or export it again.",
                       place));
  if (is_text(bytes)) refuse(fmt::format("{} is text, not media; give a video or audio file.", place));
  if (!format.empty() && av_match_list(format.c_str(), container_whitelist, ',') <= 0)
    refuse(fmt::format("{} has the format '{}', which is not supported; convert it to mp4 first.", place,
                       format));
  throw Error(
      ErrorCode::unsupported_media,
      fmt::format("{} is damaged or no video or audio file that can be read; export it again as mp4.", place),
      details);
}

}  // namespace reelwright::media
