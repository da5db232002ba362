#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace reelwright::speech {

inline constexpr int sample_rate = 16000;  ///< of everything in this room, mono
inline constexpr int frame_samples = 160;  ///< one frame is 10 ms
inline constexpr int frames_per_second = sample_rate / frame_samples;

/// -1 to 1 as 16 bit; louder is clipped, what is no number is silence.
std::int16_t to_int16(float sample);

/// Ten milliseconds of sound, summed up.
struct Frame {
  float level = silence;  ///< dB of full scale, with rumble below 80 Hz taken off
  float pitch = 0;        ///< Hz, 70 to 400, where the sound is periodic as a voice is; else 0

  static constexpr float silence = -120;
};

/// Turns 16 kHz mono samples (-1 to 1) into frames. Voicing is the peak of the normalised cross-correlation
/// (Talkin 1995, RAPT) of the sound below 1.6 kHz over the last 40 ms. Samples beyond the last whole frame
/// give no frame. Constant memory; not thread-safe.
class FrameAnalyser {
 public:
  /// Appends the frames that `samples` complete to `into`.
  void feed(std::span<const float> samples, std::vector<Frame>& into);

 private:
  static constexpr int decimation = 4;
  static constexpr std::size_t taps = 33;
  static constexpr std::size_t window = 160;  ///< decimated samples looked at for pitch: 40 ms

  void add_decimated();
  Frame finish_frame();
  float find_pitch() const;

  std::array<float, taps> recent_{};  ///< ring of high-passed samples
  std::array<float, window> low_{};   ///< decimated samples, oldest first
  std::size_t position_ = 0;          ///< samples seen
  float previous_ = 0;
  float highpass_ = 0;
  double energy_ = 0;
};

}  // namespace reelwright::speech
