#include "material/drawn_speaker.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelwright::material {

namespace {

/// Draws in units of the face: (0, 0) between the eyes' corners and the nose, 1 from there to the chin.
class Pen {
 public:
  Pen(cv::Mat& picture, cv::Point2d origin, double unit) : picture_(picture), origin_(origin), unit_(unit) {}

  void ellipse(double x, double y, double width, double height, const cv::Scalar& colour, double from = 0,
               double to = 360) {
    cv::ellipse(picture_, at(x, y), {length(width), length(height)}, 0, from, to, colour, cv::FILLED,
                cv::LINE_AA, bits);
  }

  void arc(double x, double y, double width, double height, double from, double to, const cv::Scalar& colour,
           double thickness) {
    cv::ellipse(picture_, at(x, y), {length(width), length(height)}, 0, from, to, colour,
                std::max(1, static_cast<int>(std::lround(thickness * unit_))), cv::LINE_AA, bits);
  }

 private:
  static constexpr int bits = 4;  // sub-pixel places, so that slow motion is smooth
  int length(double value) const { return static_cast<int>(std::lround(value * unit_ * (1 << bits))); }
  cv::Point at(double x, double y) const {
    return {static_cast<int>(std::lround((origin_.x + x * unit_) * (1 << bits))),
            static_cast<int>(std::lround((origin_.y + y * unit_) * (1 << bits)))};
  }

  cv::Mat& picture_;
  cv::Point2d origin_;
  double unit_;
};

void draw_eye(Pen& pen, double side, const Look& look) {
  const double x = side * 0.36;
  const double y = -0.22;
  const double open = 1 - look.blink;
  pen.ellipse(x, y - 0.01, 0.23, 0.15, shade(look.skin, 0.72));  // the socket lies in shadow
  pen.ellipse(x, y, 0.155, 0.02 + 0.062 * open, {235, 238, 240});
  if (open > 0.3) {
    pen.ellipse(x, y, 0.07, 0.07 * open, {60, 60, 50});
    pen.ellipse(x, y, 0.035, 0.035 * open, {10, 10, 10});
  }
  pen.arc(x, y, 0.165, 0.08, 190, 350, shade(look.hair, 0.6), 0.035);
  pen.arc(x, y - 0.1, 0.24, 0.11, 200, 340, look.hair, 0.065);  // the brow
}

void draw_mouth(Pen& pen, const Look& look) {
  const double y = 0.56;
  const double open = 0.14 * look.mouth_open;
  const cv::Scalar lips{95, 95, 175};
  pen.ellipse(0, y + 0.02 + open / 2, 0.26, 0.075 + open, lips);
  pen.ellipse(0, y + 0.015 + open / 2, 0.2, 0.012 + open, {30, 25, 60});
  pen.arc(0, y + 0.2 + open, 0.16, 0.05, 20, 160, shade(look.skin, 0.78), 0.04);
}

}  // namespace

cv::Scalar shade(const cv::Scalar& colour, double factor) {
  const auto channel = [factor](double value) { return std::min(255.0, value * factor); };
  return {channel(colour[0]), channel(colour[1]), channel(colour[2])};
}

void draw_speaker(cv::Mat& picture, cv::Point2d eyes, double face, const Look& look) {
  const double unit = face * 0.56;
  Pen pen(picture, {eyes.x, eyes.y + 0.22 * unit}, unit);
  pen.ellipse(0, 2.35, 1.7, 1.0, look.clothes);
  pen.ellipse(0, 1.1, 0.42, 0.62, shade(look.skin, 0.75));
  pen.ellipse(0, -0.3, 0.98, 1.12, look.hair);
  for (const double side : {-1.0, 1.0}) pen.ellipse(side * 0.82, -0.02, 0.1, 0.22, shade(look.skin, 0.8));
  pen.ellipse(0, 0, 0.8, 1.08, shade(look.skin, 0.82));
  pen.ellipse(0, -0.02, 0.73, 1.0, look.skin);
  pen.ellipse(0, -0.62, 0.5, 0.26, shade(look.skin, 1.08));
  for (const double side : {-1.0, 1.0}) {
    pen.ellipse(side * 0.4, 0.2, 0.22, 0.16, shade(look.skin, 1.06));
    draw_eye(pen, side, look);
  }
  pen.ellipse(0, -0.02, 0.085, 0.3, shade(look.skin, 1.1));
  pen.ellipse(0, 0.24, 0.15, 0.085, shade(look.skin, 0.9));
  for (const double side : {-1.0, 1.0}) pen.ellipse(side * 0.075, 0.28, 0.04, 0.022, shade(look.skin, 0.45));
  draw_mouth(pen, look);
  // Soft edges, as a lens makes them.
  const int radius = std::max(1, static_cast<int>(unit * 0.03)) * 2 + 1;
  const cv::Rect all(0, 0, picture.cols, picture.rows);
  const cv::Rect touched = cv::Rect(static_cast<int>(eyes.x - 2 * unit), static_cast<int>(eyes.y - 2 * unit),
                                    static_cast<int>(4 * unit), static_cast<int>(6 * unit)) &
                           all;
  if (!touched.empty()) cv::GaussianBlur(picture(touched), picture(touched), {radius, radius}, 0);
}

}  // namespace reelwright::material
