#include "sample_talk/figure.h"

#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelwright::sample_talk {

namespace {

constexpr int bits = 4;  // sub-pixel places, so that slow motion is smooth

/// In the units of `material::draw_speaker`: 1 from the middle of the face to the chin.
class Limbs {
 public:
  Limbs(cv::Mat& picture, const Figure& figure) : picture_(picture), unit_(figure.face * 0.56) {
    middle_ = {figure.eyes.x, figure.eyes.y + 0.22 * unit_};
  }

  void bone(cv::Point2d from, cv::Point2d to, double thickness, const cv::Scalar& colour) {
    cv::line(picture_, at(from), at(to), colour,
             std::max(1, static_cast<int>(std::lround(thickness * unit_))), cv::LINE_AA, bits);
  }

  void disc(cv::Point2d centre, double radius, const cv::Scalar& colour) {
    cv::circle(picture_, at(centre), static_cast<int>(std::lround(radius * unit_ * (1 << bits))), colour,
               cv::FILLED, cv::LINE_AA, bits);
  }

  void trunk(const cv::Scalar& colour) {
    const std::array corners{at({-1.5, 2.1}), at({1.5, 2.1}), at({1.12, 5.4}), at({-1.12, 5.4})};
    cv::fillConvexPoly(picture_, corners, colour, cv::LINE_AA, bits);
  }

 private:
  cv::Point at(cv::Point2d place) const {
    const cv::Point2d pixel = middle_ + place * unit_;
    return {static_cast<int>(std::lround(pixel.x * (1 << bits))),
            static_cast<int>(std::lround(pixel.y * (1 << bits)))};
  }

  cv::Mat& picture_;
  cv::Point2d middle_;
  double unit_;
};

void draw_legs(Limbs& limbs, const Figure& figure) {
  const cv::Scalar trousers = material::shade(figure.look.clothes, 0.45);
  for (const double side : {-1.0, 1.0}) {
    // Seen from the front a step is a foot that leaves the floor and swings a little outwards.
    const double step = figure.pace * std::max(0.0, side * std::sin(figure.stride));
    const cv::Point2d knee{side * (0.62 + 0.12 * step), 7.4 - 0.25 * step};
    const cv::Point2d foot{side * (0.6 + 0.1 * step), 9.5 - 0.55 * step};
    limbs.bone({side * 0.55, 5.3}, knee, 0.85, trousers);
    limbs.bone(knee, foot, 0.65, trousers);
    limbs.bone(foot, {foot.x + side * 0.3, foot.y + 0.1}, 0.4, {25, 25, 30});
  }
}

void draw_arms(Limbs& limbs, const Figure& figure) {
  const cv::Scalar sleeve = material::shade(figure.look.clothes, 0.8);
  for (const double side : {-1.0, 1.0}) {
    const double swing = 0.25 * figure.pace * std::sin(figure.stride) * side;
    const cv::Point2d elbow{side * (1.85 + 0.15 * figure.gesture), 4.0};
    const cv::Point2d hand{side * (1.75 - 0.25 * figure.gesture) + swing, 5.6 - 2.3 * figure.gesture};
    limbs.bone({side * 1.4, 2.5}, elbow, 0.6, sleeve);
    limbs.bone(elbow, hand, 0.5, sleeve);
    limbs.disc(hand, 0.3, figure.look.skin);
  }
}

}  // namespace

double blink_at(double seconds, double shift) {
  constexpr double every = 3.7;
  constexpr double lasts = 0.2;
  const double since = std::fmod(seconds + shift, every);
  return since < lasts ? 1 - std::abs(2 * since / lasts - 1) : 0;
}

void draw_figure(cv::Mat& picture, const Figure& figure) {
  Limbs limbs(picture, figure);
  draw_legs(limbs, figure);
  limbs.trunk(figure.look.clothes);
  material::draw_speaker(picture, figure.eyes, figure.face, figure.look);
  draw_arms(limbs, figure);
}

}  // namespace reelwright::sample_talk
