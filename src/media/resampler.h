#pragma once

// Inside `media/` only: decoded sound of any format to interleaved float.

#include <cstdint>
#include <vector>

#include "media/av.h"

namespace reelwright::media {

/// Converts sound of one format after another; the format is that of the last `accept`ed frame.
class Resampler {
 public:
  Resampler(int sample_rate, int channels) : sample_rate_(sample_rate), channels_(channels) {}
  ~Resampler();
  Resampler(const Resampler&) = delete;
  Resampler& operator=(const Resampler&) = delete;

  /// True where `frame` has the present format.
  bool fits(const AVFrame& frame) const;

  /// Takes on the format of `frame`. What the resampler still held of the format before must have been
  /// flushed.
  void accept(const AVFrame& frame);

  /// Samples a second of the present format; 0 before the first frame.
  int source_rate() const { return source_rate_; }

  /// Appends to `into` what comes out of `frame` without its first `skip` samples.
  void convert(const AVFrame& frame, std::int64_t skip, std::vector<float>& into);

  /// Appends what comes out of `samples` of silence; at most `silence_piece` at a time.
  void silence(std::int64_t samples, std::vector<float>& into);
  static constexpr std::int64_t silence_piece = 8192;

  /// Appends what is still held.
  void flush(std::vector<float>& into);

 private:
  void run(const std::uint8_t* const* data, std::int64_t samples, std::vector<float>& into);
  bool planar() const { return av_sample_fmt_is_planar(format_) != 0; }

  int sample_rate_;
  int channels_;
  SwrPtr context_;
  AVChannelLayout layout_{};
  AVSampleFormat format_ = AV_SAMPLE_FMT_NONE;
  int source_rate_ = 0;
};

}  // namespace reelwright::media
