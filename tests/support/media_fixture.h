#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "media/scaler.h"
#include "media/video_reader.h"

namespace reelwright::testing {

/// A folder of its own, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs the `ffmpeg` program with `arguments` and `out` as its last; throws where it fails.
void run_ffmpeg(std::vector<std::string> arguments, const std::filesystem::path& out);

/// The lavfi source of a picture that says which frame it is: 16 bars, 20 pixels wide, bit i of the frame
/// number is bar i (white for 1). 320 x `height`.
std::string numbered_frames(const std::string& rate, double seconds, int height = 180);

/// The lavfi source of a sound that beeps (1 kHz, 50 ms) at every whole second but zero, else silent.
std::string beeps(double seconds, int sample_rate = 48000);

/// `numbered_frames` and `beeps` as one file; `codecs` are arguments for the ffmpeg program.
void make_numbered(const std::filesystem::path& out, const std::string& rate, double seconds,
                   const std::vector<std::string>& codecs = {"-c:v", "libx264", "-preset", "ultrafast",
                                                             "-c:a", "aac"});

/// The number that a picture of `numbered_frames` shows, wherever it was scaled to; -1 where it is
/// unreadable.
int number_shown(const media::Frame& frame);
int number_shown(const unsigned char* luma, int stride, int width, int height);

/// Where in a sound (mono) beeps begin, in seconds.
std::vector<double> beep_starts(const std::vector<float>& samples, int sample_rate);

}  // namespace reelwright::testing
