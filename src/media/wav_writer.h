#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/context.h"

namespace reelwright::media {

/// Streams 16-bit PCM to a WAV file under a temporary name beside it; `close` renames it into place. Without
/// `close` nothing is left. Not thread-safe.
class WavWriter {
 public:
  /// Throws `forbidden`, `not_found` (the folder) or `storage_full`.
  WavWriter(const std::filesystem::path& file, int sample_rate, int channels);
  ~WavWriter();
  WavWriter(const WavWriter&) = delete;
  WavWriter& operator=(const WavWriter&) = delete;

  /// Appends interleaved samples, -1 to 1; louder ones are clipped. Throws `storage_full`, or `too_large`
  /// past the 4 GiB that WAV can hold (37 hours of 16 kHz mono).
  void write(std::span<const float> samples);

  /// Completes the header, syncs and renames.
  void close();

 private:
  void put(const void* bytes, std::size_t count);
  void put_header(std::uint32_t data_bytes);

  std::filesystem::path file_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
  int sample_rate_;
  int channels_;
  std::uint64_t data_bytes_ = 0;
  std::vector<std::int16_t> block_;
};

/// Writes the default audio track of `source` as 16 kHz mono to `wav`, from the source's time zero on.
void extract_speech_wav(const std::filesystem::path& source, const std::filesystem::path& wav,
                        const core::Context& context);

}  // namespace reelwright::media
