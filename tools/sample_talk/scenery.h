#pragma once

#include <opencv2/core.hpp>

#include "sample_talk/script.h"

namespace reelwright::sample_talk {

/// One frame's worth of what goes on.
struct Moment {
  double seconds = 0;     ///< since the talk began
  double in_shot = 0;     ///< seconds since the cut
  double mouth_open = 0;  ///< of who speaks, 0 to 1
};

/// Draws the shots of a talk: a hall seen from several places, and slides.
class Scenery {
 public:
  explicit Scenery(cv::Size size);

  /// Paints the places for a new topic, whose heading stands on the hall's screen.
  void set_topic(const Topic& topic);

  /// Draws over the whole `picture` (BGR, of the size given).
  void draw(cv::Mat& picture, Shot shot, const Moment& moment) const;

 private:
  void draw_walking(cv::Mat& picture, const Moment& moment) const;
  void draw_standing(cv::Mat& picture, const Moment& moment) const;
  void draw_close_up(cv::Mat& picture, const Moment& moment) const;
  void draw_pair(cv::Mat& picture, const Moment& moment) const;
  void draw_slide(cv::Mat& picture, const Moment& moment) const;

  cv::Size size_;
  double scale_;  ///< pixels of ours for one of a 720-line picture
  std::vector<std::string> points_{};
  cv::Mat wide_{};
  cv::Mat near_{};
  cv::Mat blurred_{};
  cv::Mat table_{};
  cv::Mat slide_{};
};

}  // namespace reelwright::sample_talk
