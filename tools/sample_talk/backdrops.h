#pragma once

#include <opencv2/core.hpp>
#include <string>

namespace reelwright::sample_talk {

/// Writes one line of ASCII; `at` is the left end of the base line, `height` that of a capital, in pixels.
void write_text(cv::Mat& picture, const std::string& text, cv::Point at, double height,
                const cv::Scalar& colour);

/// A stage with panels, a wooden floor and a screen that shows `heading`. BGR.
cv::Mat paint_hall(cv::Size size, const std::string& heading);

/// A wall with shelves, for talks at a table. BGR.
cv::Mat paint_room(cv::Size size);

/// A slide with a heading, a rule and room for lines on the left and a chart on the right. BGR.
cv::Mat paint_slide(cv::Size size, const std::string& heading);

}  // namespace reelwright::sample_talk
