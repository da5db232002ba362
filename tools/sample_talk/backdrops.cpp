#include "sample_talk/backdrops.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelwright::sample_talk {

namespace {

/// Blends from `top` to `bottom` over the rows of `part`.
void fill_gradient(const cv::Mat& part, const cv::Scalar& top, const cv::Scalar& bottom) {
  for (int row = 0; row < part.rows; ++row)
    part.row(row).setTo(top + (bottom - top) * (static_cast<double>(row) / part.rows));
}

/// A rectangle given in shares of the picture.
cv::Rect share(const cv::Mat& picture, double x, double y, double width, double height) {
  const cv::Rect wanted(static_cast<int>(x * picture.cols), static_cast<int>(y * picture.rows),
                        static_cast<int>(width * picture.cols), static_cast<int>(height * picture.rows));
  return wanted & cv::Rect(0, 0, picture.cols, picture.rows);
}

}  // namespace

void write_text(cv::Mat& picture, const std::string& text, cv::Point at, double height,
                const cv::Scalar& colour) {
  const int thickness = std::max(1, static_cast<int>(height / 11));
  const double size =
      cv::getFontScaleFromHeight(cv::FONT_HERSHEY_DUPLEX, static_cast<int>(std::lround(height)), thickness);
  cv::putText(picture, text, at, cv::FONT_HERSHEY_DUPLEX, size, colour, thickness, cv::LINE_AA);
}

cv::Mat paint_hall(cv::Size size, const std::string& heading) {
  cv::Mat hall(size, CV_8UC3);
  fill_gradient(hall(share(hall, 0, 0, 1, 0.8)), {70, 52, 46}, {104, 84, 74});
  for (int i = 0; i < 16; ++i) {
    const double grey = i % 2 == 0 ? 12 : 0;
    hall(share(hall, i / 16.0, 0, 0.058, 0.8)) += cv::Scalar(grey, grey, grey);
  }
  fill_gradient(hall(share(hall, 0, 0.8, 1, 0.2)), {52, 74, 104}, {38, 54, 78});
  for (int i = 1; i < 4; ++i) hall(share(hall, 0, 0.8 + 0.05 * i, 1, 0.004)).setTo(cv::Scalar(32, 46, 66));
  const cv::Rect screen = share(hall, 0.57, 0.08, 0.37, 0.37);
  hall(screen).setTo(cv::Scalar(225, 228, 230));
  cv::rectangle(hall, screen, {30, 30, 34}, std::max(2, size.height / 120));
  write_text(hall, heading, {screen.x + screen.width / 12, screen.y + screen.height * 2 / 5},
             size.height * 0.06, {110, 60, 30});
  hall(share(hall, 0.6, 0.28, 0.2, 0.012)).setTo(cv::Scalar(60, 130, 220));
  return hall;
}

cv::Mat paint_room(cv::Size size) {
  cv::Mat room(size, CV_8UC3);
  fill_gradient(room, {150, 160, 165}, {120, 128, 134});
  for (int shelf = 0; shelf < 3; ++shelf) {
    const double y = 0.12 + 0.2 * shelf;
    for (int book = 0; book < 22; ++book) {
      const double tall = 0.09 + 0.012 * (book * 7 % 5);
      const cv::Scalar cover(90.0 + book * 53 % 90, 80.0 + book * 31 % 100, 85.0 + book * 17 % 90);
      room(share(room, 0.06 + 0.04 * book, y + 0.15 - tall, 0.034, tall)).setTo(cover);
    }
    room(share(room, 0.04, y + 0.15, 0.92, 0.014)).setTo(cv::Scalar(60, 82, 110));
  }
  cv::GaussianBlur(room, room, {}, size.height * 0.006);
  return room;
}

cv::Mat paint_slide(cv::Size size, const std::string& heading) {
  cv::Mat slide(size, CV_8UC3);
  fill_gradient(slide, {96, 54, 22}, {62, 34, 14});
  write_text(slide, heading, {size.width / 14, size.height / 5}, size.height * 0.08, {250, 250, 250});
  slide(share(slide, 1.0 / 14, 0.25, 0.3, 0.01)).setTo(cv::Scalar(60, 170, 250));
  for (int i = 0; i < 5; ++i) {
    const double tall = 0.1 + 0.09 * i;
    slide(share(slide, 0.64 + 0.06 * i, 0.85 - tall, 0.045, tall)).setTo(cv::Scalar(200, 150 + 15.0 * i, 70));
  }
  slide(share(slide, 0.62, 0.85, 0.32, 0.006)).setTo(cv::Scalar(235, 235, 235));
  return slide;
}

}  // namespace reelwright::sample_talk
