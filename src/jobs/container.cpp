#include "jobs/container.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "core/files.h"

namespace reelwright::jobs {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t enough = 1024;

struct Mark {
  std::size_t at;
  std::string_view bytes;
};

struct Container {
  std::vector<Mark> marks;  ///< all of them
  std::string_view extension;
};

/// The first that fits counts. The brand of an ISO file (ISO 14496-12) says more than its box.
const std::vector<Container>& containers() {
  static const std::vector<Container> table{
      {{{4, "ftypqt  "}}, "mov"},
      {{{4, "ftypM4A "}}, "m4a"},
      {{{4, "ftypM4B "}}, "m4a"},
      {{{4, "ftypM4V "}}, "m4v"},
      {{{4, "ftyp3gp"}}, "3gp"},
      {{{4, "ftyp3g2"}}, "3g2"},
      {{{4, "ftyp"}}, "mp4"},
      {{{4, "moov"}}, "mov"},  // QuickTime from before there were brands
      {{{4, "mdat"}}, "mov"},
      {{{4, "wide"}}, "mov"},
      {{{4, "free"}}, "mov"},
      {{{4, "skip"}}, "mov"},
      {{{0, "RIFF"}, {8, "AVI "}}, "avi"},
      {{{0, "RIFF"}, {8, "WAVE"}}, "wav"},
      {{{0, "RF64"}, {8, "WAVE"}}, "wav"},
      {{{0, "BW64"}, {8, "WAVE"}}, "wav"},
      {{{0, "OggS"}}, "ogg"},
      {{{0, "fLaC"}}, "flac"},
      {{{0, "FLV\x01"}}, "flv"},
      {{{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"}}, "asf"},
      {{{0, "\x06\x0E\x2B\x34\x02\x05\x01\x01"}}, "mxf"},
      {{{0, "\x00\x00\x01\xBA"sv}}, "mpg"},
      {{{0, "\x00\x00\x01\xB3"sv}}, "mpg"},
      {{{0, "FORM"}, {8, "AIF"}}, "aiff"},
      {{{0, "caff"}}, "caf"},
      {{{0, "#!AMR"}}, "amr"},
      {{{0, ".snd"}}, "au"},
      {{{0, "GIF8"}}, "gif"},
      {{{0, "G"}, {188, "G"}, {376, "G"}}, "ts"},
      {{{4, "G"}, {196, "G"}, {388, "G"}}, "m2ts"},
      {{{0, "ID3"}}, "mp3"},
      {{{0, "\x0B\x77"}}, "ac3"},
  };
  return table;
}

bool fits(const Container& container, std::string_view bytes) {
  for (const auto& [at, mark] : container.marks)
    if (bytes.size() < at + mark.size() || bytes.substr(at, mark.size()) != mark) return false;
  return true;
}

/// A header of EBML (RFC 8794) with the name of its kind not far behind.
std::string_view ebml(std::string_view bytes) {
  if (!bytes.starts_with("\x1A\x45\xDF\xA3")) return "";
  return bytes.substr(0, 64).contains("webm") ? "webm" : "mkv";
}

/// A frame of MPEG audio without a container: eleven bits of sync, the layer 0 for AAC.
std::string_view bare_frames(std::string_view bytes) {
  if (bytes.size() < 2 || bytes[0] != '\xFF') return "";
  const auto second = static_cast<unsigned char>(bytes[1]);
  if ((second & 0xF6U) == 0xF0U) return "aac";
  return (second & 0xE0U) == 0xE0U && (second & 0x06U) == 0x02U ? "mp3" : "";
}

}  // namespace

std::string extension_of(std::string_view first_bytes) {
  for (const Container& container : containers())
    if (fits(container, first_bytes)) return std::string(container.extension);
  if (const std::string_view found = ebml(first_bytes); !found.empty()) return std::string(found);
  if (const std::string_view found = bare_frames(first_bytes); !found.empty()) return std::string(found);
  return "bin";
}

std::string extension_of_file(const std::filesystem::path& file) {
  const core::Descriptor open(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  std::array<char, enough> bytes{};
  const ssize_t got = open.get() < 0 ? -1 : ::read(open.get(), bytes.data(), bytes.size());
  if (got < 0) core::throw_errno(errno, "read", file);
  return extension_of({bytes.data(), static_cast<std::size_t>(got)});
}

}  // namespace reelwright::jobs
