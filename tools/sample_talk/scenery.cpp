#include "sample_talk/scenery.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "sample_talk/backdrops.h"
#include "sample_talk/figure.h"

namespace reelwright::sample_talk {

namespace {

/// Seconds between two lines of a slide.
constexpr double line_every = 1.2;

material::Look speaker_look(const Moment& moment) {
  material::Look look;
  look.mouth_open = moment.mouth_open;
  look.blink = blink_at(moment.seconds, 0);
  return look;
}

material::Look listener_look(const Moment& moment) {
  return {.blink = blink_at(moment.seconds, 1.6),
          .skin = {120, 150, 200},
          .hair = {25, 28, 32},
          .clothes = {80, 105, 60}};
}

/// Hands talk along: up and down slowly, higher in some sentences than in others.
double gesture_at(double seconds) {
  return 0.45 + 0.3 * std::sin(seconds * 1.9) * std::sin(seconds * 0.57 + 1);
}

}  // namespace

Scenery::Scenery(cv::Size size) : size_(size), scale_(size.height / 720.0), table_(paint_room(size)) {}

void Scenery::set_topic(const Topic& topic) {
  points_ = topic.points;
  slide_ = paint_slide(size_, topic.heading);
  wide_ = paint_hall(size_, topic.heading);
  // The nearer cameras look at the left half, past the screen.
  const cv::Mat part = wide_(cv::Rect(0, size_.height / 5, size_.width * 3 / 5, size_.height * 3 / 5));
  cv::resize(part, near_, size_, 0, 0, cv::INTER_CUBIC);
  cv::GaussianBlur(near_, blurred_, {}, 9 * scale_);
}

void Scenery::draw(cv::Mat& picture, Shot shot, const Moment& moment) const {
  switch (shot) {
    case Shot::walking:
      return draw_walking(picture, moment);
    case Shot::standing:
      return draw_standing(picture, moment);
    case Shot::close_up:
      return draw_close_up(picture, moment);
    case Shot::pair:
      return draw_pair(picture, moment);
    case Shot::slide:
      return draw_slide(picture, moment);
  }
}

void Scenery::draw_walking(cv::Mat& picture, const Moment& moment) const {
  constexpr double turns = 0.5;  // radians a second, there and back
  constexpr double steps = 5.5;  // radians a second
  wide_.copyTo(picture);
  const double pace = std::min(1.0, 1.5 * std::abs(std::cos(moment.seconds * turns)));
  const double stride = moment.seconds * steps;
  const double bob = 5 * pace * std::abs(std::sin(stride));
  draw_figure(picture,
              {.eyes = {size_.width * (0.5 + 0.33 * std::sin(moment.seconds * turns)), (178 - bob) * scale_},
               .face = 86 * scale_,
               .stride = stride,
               .pace = pace,
               .gesture = gesture_at(moment.seconds),
               .look = speaker_look(moment)});
}

void Scenery::draw_standing(cv::Mat& picture, const Moment& moment) const {
  near_.copyTo(picture);
  const double sway = 22 * std::sin(moment.seconds * 0.9) + 6 * std::sin(moment.seconds * 2.3);
  draw_figure(picture, {.eyes = {size_.width * 0.42 + sway * scale_,
                                 (225 + 4 * std::sin(moment.seconds * 1.7)) * scale_},
                        .face = 140 * scale_,
                        .gesture = gesture_at(moment.seconds),
                        .look = speaker_look(moment)});
}

void Scenery::draw_close_up(cv::Mat& picture, const Moment& moment) const {
  blurred_.copyTo(picture);
  const cv::Point2d nod(14 * std::sin(moment.seconds * 1.1), 8 * std::sin(moment.seconds * 2.1));
  draw_figure(picture, {.eyes = {size_.width * 0.5 + nod.x * scale_, (290 + nod.y) * scale_},
                        .face = 290 * scale_,
                        .look = speaker_look(moment)});
}

void Scenery::draw_pair(cv::Mat& picture, const Moment& moment) const {
  table_.copyTo(picture);
  const double lean = 10 * std::sin(moment.seconds * 1.2);
  draw_figure(picture, {.eyes = {size_.width * 0.3 + lean * scale_, 265 * scale_},
                        .face = 130 * scale_,
                        .gesture = gesture_at(moment.seconds),
                        .look = speaker_look(moment)});
  const double nod = 4 * std::max(0.0, std::sin(moment.seconds * 2.6));
  draw_figure(picture, {.eyes = {size_.width * 0.71, (275 + nod) * scale_},
                        .face = 126 * scale_,
                        .look = listener_look(moment)});
  const int edge = static_cast<int>(600 * scale_);
  picture(cv::Rect(0, edge, size_.width, size_.height - edge)).setTo(cv::Scalar(58, 84, 118));
  picture(cv::Rect(0, edge, size_.width, size_.height / 90)).setTo(cv::Scalar(80, 112, 150));
}

void Scenery::draw_slide(cv::Mat& picture, const Moment& moment) const {
  slide_.copyTo(picture);
  double y = 0.42;
  double appears = 0.4;
  for (const std::string& point : points_) {
    if (moment.in_shot < appears) return;
    write_text(picture, "- " + point, {size_.width / 14, static_cast<int>(y * size_.height)}, 34 * scale_,
               {240, 240, 240});
    y += 0.15;
    appears += line_every;
  }
}

}  // namespace reelwright::sample_talk
