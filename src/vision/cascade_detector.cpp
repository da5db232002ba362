#include "vision/cascade_detector.h"

#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "core/error.h"

namespace reelwright::vision {

namespace {

// Where Debian's opencv-data puts them.
constexpr const char* haar_model = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";
constexpr const char* lbp_model = "/usr/share/opencv4/lbpcascades/lbpcascade_frontalface.xml";
constexpr int smallest_face = 20;  // the Haar cascade's own window; the other's is 24
constexpr double size_step = 1.1;
constexpr int neighbours = 3;
// A face that is looked for where one is expected is first brought to this width: the search then costs the
// same for near faces as for far ones.
constexpr double handy_face = 48;

void load(cv::CascadeClassifier& cascade, const char* file) {
  bool loaded = false;
  try {
    loaded = cascade.load(file);
  } catch (const cv::Exception&) {  // ignored: a broken file; said below
  }
  if (!loaded) {
    throw core::Error(core::ErrorCode::unavailable,
                      "A face detector's model is missing or broken; install the package opencv-data.", file);
  }
}

Box box_of(const cv::Rect& rectangle) {
  return {static_cast<double>(rectangle.x), static_cast<double>(rectangle.y),
          static_cast<double>(rectangle.width), static_cast<double>(rectangle.height)};
}

cv::Rect whole_pixels(const Box& box) {
  return {static_cast<int>(box.x), static_cast<int>(box.y), static_cast<int>(box.width),
          static_cast<int>(box.height)};
}

class CascadeDetector : public Detector {
 public:
  CascadeDetector() {
    // OpenCV's own threads return boxes in an order that varies; the decoder uses the cores meanwhile.
    cv::setNumThreads(1);
    load(haar_, haar_model);
    load(lbp_, lbp_model);
  }

  std::vector<Detection> detect(const media::Picture& luma, Effort effort) override {
    std::vector<Detection> faces = run(lbp_, view(luma), 0, luma.width);
    if (effort == Effort::thorough || faces.empty()) {
      for (const Detection& face : run(haar_, view(luma), 0, luma.width)) faces.push_back(face);
    }
    return faces;
  }

  std::vector<Detection> detect(const media::Picture& luma, const Box& within, double smallest,
                                double largest) override {
    const cv::Rect zone = whole_pixels(clipped(within, luma.width, luma.height));
    if (zone.width < smallest_face || zone.height < smallest_face) return {};
    const double factor = std::min(1.0, handy_face * 2 / (smallest + largest));
    cv::Mat handy = view(luma)(zone);
    if (factor < 1) cv::resize(handy, handy_, {}, factor, factor, cv::INTER_AREA), handy = handy_;
    std::vector<Detection> faces = run(haar_, handy, smallest * factor, largest * factor);
    for (Detection& face : faces) {
      face.box = scaled(face.box, 1 / factor);
      face.box.x += zone.x;
      face.box.y += zone.y;
    }
    return faces;
  }

  DetectorTraits traits() const override { return {.errs_on_faces = true}; }

  std::string name() const override {
    return "OpenCV LBP frontalface and Haar frontalface_alt2, confirmed by dlib HOG";
  }

 private:
  static cv::Mat view(const media::Picture& luma) {
    return {luma.height, luma.width, CV_8UC1, const_cast<unsigned char*>(luma.pixels.data())};
  }

  static std::vector<Detection> run(cv::CascadeClassifier& cascade, const cv::Mat& picture, double smallest,
                                    double largest) {
    const int from = std::max(smallest_face, static_cast<int>(smallest));
    const int to = std::max(from + 1, static_cast<int>(std::ceil(largest)));
    std::vector<cv::Rect> faces;
    std::vector<int> support;  // how many raw windows were merged
    cascade.detectMultiScale(picture, faces, support, size_step, neighbours, 0, {from, from}, {to, to});
    std::vector<Detection> detections;
    detections.reserve(faces.size());
    for (std::size_t i = 0; i < faces.size(); ++i) {
      detections.push_back({box_of(faces[i]), Subject::face, static_cast<double>(support[i])});
    }
    return detections;
  }

  cv::CascadeClassifier haar_;
  cv::CascadeClassifier lbp_;
  cv::Mat handy_;
};

}  // namespace

std::unique_ptr<Detector> make_cascade_detector() { return std::make_unique<CascadeDetector>(); }

}  // namespace reelwright::vision
