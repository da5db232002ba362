#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <span>

namespace reelwright::sample_talk {

/// Writes drawn pictures and spoken sound as an mp4. Without `close` nothing is left.
class Film {
 public:
  /// Pictures have this size (even). Throws like `media::ClipWriter`.
  Film(const std::filesystem::path& file, cv::Size size);
  ~Film();
  Film(const Film&) = delete;
  Film& operator=(const Film&) = delete;

  /// The next frame: a BGR picture, and the `samples_per_frame` mono samples that are heard with it.
  void write(const cv::Mat& picture, std::span<const float> sound);

  /// Completes the file.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::sample_talk
