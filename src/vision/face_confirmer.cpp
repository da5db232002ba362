#include "vision/face_confirmer.h"

#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv.h>

#include <future>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace reelwright::vision {

namespace {

constexpr double surroundings = 2.0;  // how much more than the face the cut-out shows
constexpr int side = 220;  // of the cut-out: its face is then 110 pixels wide; dlib's smallest is 80
constexpr double least_overlap = 0.3;
constexpr double margin = -0.2;  // of dlib's score: the cascade has spoken for this box already

}  // namespace

struct FaceConfirmer::State {
  /// Unpacking dlib's model takes a quarter of a second, once; a copy is for one thread at a time.
  static const dlib::frontal_face_detector& unpacked() {
    static const dlib::frontal_face_detector model = dlib::get_frontal_face_detector();
    return model;
  }

  dlib::frontal_face_detector& detector() {
    if (!ready) ready = unpacking.get();
    return *ready;
  }

  // Nobody waits for the model before the first face is found.
  std::future<dlib::frontal_face_detector> unpacking =
      std::async(std::launch::async, [] { return unpacked(); });
  std::optional<dlib::frontal_face_detector> ready;
};

FaceConfirmer::FaceConfirmer() : state_(std::make_unique<State>()) {}
FaceConfirmer::~FaceConfirmer() = default;
FaceConfirmer::FaceConfirmer(FaceConfirmer&&) noexcept = default;
FaceConfirmer& FaceConfirmer::operator=(FaceConfirmer&&) noexcept = default;

bool FaceConfirmer::confirms(const media::Picture& luma, const Box& box) {
  const Box zone = grown(box, surroundings);
  const cv::Mat whole(luma.height, luma.width, CV_8UC1, const_cast<unsigned char*>(luma.pixels.data()));
  const cv::Matx23d to_picture{zone.width / side, 0, zone.x, 0, zone.height / side, zone.y};
  cv::Mat cut_out;
  cv::warpAffine(whole, cut_out, to_picture, {side, side}, cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  const Box expected = around(side / 2.0, side / 2.0, side / surroundings, side / surroundings);
  for (const dlib::rectangle& face : state_->detector()(dlib::cv_image<unsigned char>(cut_out), margin)) {
    const Box found{static_cast<double>(face.left()), static_cast<double>(face.top()),
                    static_cast<double>(face.width()), static_cast<double>(face.height())};
    if (overlap(found, expected) >= least_overlap) return true;
  }
  return false;
}

}  // namespace reelwright::vision
