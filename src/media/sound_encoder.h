#pragma once

// Inside `media/` only: an AAC encoder.

#include <deque>
#include <span>
#include <vector>

#include "media/av.h"

namespace reelwright::media {

/// Encodes interleaved float samples to AAC-LC. Not thread-safe.
class SoundEncoder {
 public:
  /// `bit_rate`: bits a second.
  SoundEncoder(int sample_rate, int channels, int bit_rate);

  AVCodecContext& context() { return *context_; }

  /// Takes any number of samples (a multiple of the channels).
  void send(std::span<const float> samples);

  /// Encodes what is left; nothing can be sent afterwards.
  void finish();

  /// The next packet; false where more input is needed or the end was reached.
  bool receive(AVPacket& packet);

 private:
  void encode(int count);

  CodecPtr context_;
  int channels_;
  std::vector<float> waiting_;  ///< interleaved, less than one frame between calls
  std::deque<PacketPtr> ready_;
  std::int64_t samples_ = 0;
};

}  // namespace reelwright::media
