#include "media/wav_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "core/files.h"
#include "media/audio_reader.h"
#include "media/probe.h"

namespace reelwright::media {

namespace {

static_assert(std::endian::native == std::endian::little,
              "WAV is little-endian and is written as it lies in memory");

/// The RIFF header (Microsoft and IBM, 1991) in front of plain PCM.
struct Header {
  std::array<char, 4> riff{'R', 'I', 'F', 'F'};
  std::uint32_t riff_bytes = 0;
  std::array<char, 8> wave_fmt{'W', 'A', 'V', 'E', 'f', 'm', 't', ' '};
  std::uint32_t fmt_bytes = 16;
  std::uint16_t format = 1;
  std::uint16_t channels = 0;
  std::uint32_t sample_rate = 0;
  std::uint32_t byte_rate = 0;
  std::uint16_t block_bytes = 0;
  std::uint16_t sample_bits = 16;
  std::array<char, 4> data{'d', 'a', 't', 'a'};
  std::uint32_t data_bytes = 0;
};
static_assert(sizeof(Header) == 44);

constexpr std::uint64_t most_data_bytes = UINT32_MAX - sizeof(Header);

}  // namespace

WavWriter::WavWriter(const std::filesystem::path& file, int sample_rate, int channels)
    : file_(file), temporary_(core::temporary_beside(file)), sample_rate_(sample_rate), channels_(channels) {
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor_ < 0) core::throw_errno(errno, "write", file_);
  try {
    put_header(0);
  } catch (...) {
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    throw;
  }
}

WavWriter::~WavWriter() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void WavWriter::write(std::span<const float> samples) {
  block_.resize(samples.size());
  std::ranges::transform(samples, block_.begin(), [](float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
  });
  const std::size_t bytes = block_.size() * sizeof(std::int16_t);
  if (data_bytes_ + bytes > most_data_bytes)
    throw core::Error(core::ErrorCode::too_large,
                      fmt::format("The sound is longer than a WAV file can hold (4 GiB); cut {} into parts.",
                                  file_.string()));
  put(block_.data(), bytes);
  data_bytes_ += bytes;
}

void WavWriter::close() {
  if (::lseek(descriptor_, 0, SEEK_SET) < 0) core::throw_errno(errno, "write", file_);
  put_header(static_cast<std::uint32_t>(data_bytes_));
  if (::fsync(descriptor_) != 0) core::throw_errno(errno, "write", file_);
  ::close(descriptor_);
  descriptor_ = -1;
  if (std::rename(temporary_.c_str(), file_.c_str()) == 0) return;
  const int error = errno;
  ::unlink(temporary_.c_str());
  core::throw_errno(error, "write", file_);
}

void WavWriter::put(const void* bytes, std::size_t count) {
  const auto* at = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = ::write(descriptor_, at, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) core::throw_errno(errno, "write", file_);
    at += written;
    count -= static_cast<std::size_t>(written);
  }
}

void WavWriter::put_header(std::uint32_t data_bytes) {
  Header header;
  header.riff_bytes = data_bytes + sizeof(Header) - 8;
  header.channels = static_cast<std::uint16_t>(channels_);
  header.sample_rate = static_cast<std::uint32_t>(sample_rate_);
  header.block_bytes = static_cast<std::uint16_t>(channels_ * 2);
  header.byte_rate = header.sample_rate * header.block_bytes;
  header.data_bytes = data_bytes;
  put(&header, sizeof header);
}

void extract_speech_wav(const std::filesystem::path& source, const std::filesystem::path& wav,
                        const core::Context& context) {
  constexpr int rate = 16000;
  const double length = std::max(0.01, core::to_seconds(probe(source).duration));
  AudioReader reader(source, {.sample_rate = rate, .channels = 1, .stop = context.stop});
  WavWriter writer(wav, rate, 1);
  std::vector<float> block(rate);
  double done = 0;
  for (std::size_t got = reader.read(block); got > 0; got = reader.read(block)) {
    context.check();
    writer.write(std::span(block).first(got));
    done += static_cast<double>(got) / rate;
    context.report(std::min(1.0, done / length));
  }
  writer.close();
}

}  // namespace reelwright::media
