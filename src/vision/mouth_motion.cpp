#include "vision/mouth_motion.h"

#include <opencv2/imgproc.hpp>

namespace reelwright::vision {

namespace {

constexpr int side = 48;  // of the patch a face is brought to
const cv::Rect upper_face{6, 6, 36, 24};
const cv::Rect mouth{12, 30, 24, 15};
constexpr double flat = 4.0;  // grey levels: below this deviation there is no face to see
constexpr double farthest = side / 6.0;

cv::Mat patch(const media::Picture& picture, const Box& box, cv::Point2d shift) {
  const cv::Mat whole(picture.height, picture.width, CV_8UC1,
                      const_cast<unsigned char*>(picture.pixels.data()));
  const double x_step = box.width / side;
  const double y_step = box.height / side;
  const cv::Matx23d to_picture{x_step, 0, box.x + shift.x * x_step, 0, y_step, box.y + shift.y * y_step};
  cv::Mat face;
  cv::warpAffine(whole, face, to_picture, {side, side}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  face.convertTo(face, CV_32F);
  return face;
}

double change(const cv::Mat& a, const cv::Mat& b, const cv::Rect& zone) {
  return cv::norm(a(zone), b(zone), cv::NORM_L1) / zone.area();
}

}  // namespace

FaceMotion face_motion(const media::Picture& before, const media::Picture& after, const Box& box) {
  const cv::Mat first = patch(before, box, {});
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(first, mean, deviation);
  if (deviation[0] < flat) return {};

  cv::Mat second = patch(after, box, {});
  cv::Mat window;
  cv::createHanningWindow(window, upper_face.size(), CV_32F);
  const cv::Point2d shift = cv::phaseCorrelate(first(upper_face).clone(), second(upper_face).clone(), window);
  if (std::hypot(shift.x, shift.y) < farthest) {
    const cv::Mat moved = patch(after, box, shift);
    if (change(first, moved, upper_face) < change(first, second, upper_face)) second = moved;
  }
  return {change(first, second, mouth) / deviation[0], change(first, second, upper_face) / deviation[0]};
}

}  // namespace reelwright::vision
