#include "core/wav.h"

#include <bit>

namespace reelwright::core {

namespace {

static_assert(std::endian::native == std::endian::little, "WAV is little endian");

constexpr std::uint32_t rate = 16'000;
constexpr std::size_t sample_bytes = 2;

void put(std::string& bytes, std::uint32_t number, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(number >> 8 * i & 0xFF);
}

/// Of so many bytes of samples (Microsoft's RIFF, `WAVE_FORMAT_PCM`).
std::string header(std::uint32_t data_bytes) {
  std::string head = "RIFF";
  put(head, data_bytes + 36, 4);
  head += "WAVEfmt ";
  put(head, 16, 4);
  put(head, 1, 2);  // PCM
  put(head, 1, 2);  // channel
  put(head, rate, 4);
  put(head, rate * sample_bytes, 4);
  put(head, sample_bytes, 2);
  put(head, 16, 2);  // bits
  head += "data";
  put(head, data_bytes, 4);
  return head;
}

}  // namespace

std::string to_wav(std::span<const std::int16_t> samples) {
  std::string wav = header(static_cast<std::uint32_t>(samples.size_bytes()));
  wav.append(reinterpret_cast<const char*>(samples.data()), samples.size_bytes());
  return wav;
}

std::optional<double> wav_seconds(std::string_view wav) {
  const std::size_t head = header(0).size();
  if (wav.size() < head || (wav.size() - head) % sample_bytes != 0) return {};
  const std::size_t data = wav.size() - head;
  if (!wav.starts_with(header(static_cast<std::uint32_t>(data)))) return {};
  return static_cast<double>(data) / sample_bytes / rate;
}

}  // namespace reelwright::core
