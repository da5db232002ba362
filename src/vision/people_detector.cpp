#include "vision/people_detector.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

namespace reelwright::vision {

namespace {

constexpr double least_score = 0.5;  // distance from the classifier's plane
constexpr double step = 1.08;        // between sizes
constexpr double grouping = 2.0;
constexpr int margin = 32;            // around the picture, so that people who touch its border are seen
constexpr int widths[] = {240, 320};  // near people first; the second finds farther ones at twice the cost

class PeopleDetector : public Detector {
 public:
  PeopleDetector() { hog_.setSVMDetector(cv::HOGDescriptor::getDefaultPeopleDetector()); }

  std::vector<Detection> detect(const media::Picture& luma, Effort effort) override {
    std::vector<Detection> people;
    for (const int width : widths) {
      people = run(luma, static_cast<double>(width) / luma.width);
      if (!people.empty() || effort == Effort::quick) break;
    }
    return people;
  }

  std::vector<Detection> detect(const media::Picture& luma, const Box& within, double smallest,
                                double largest) override {
    return those_within(detect(luma, Effort::thorough), within, smallest, largest);
  }

  std::string name() const override { return "OpenCV HOG people"; }

 private:
  std::vector<Detection> run(const media::Picture& luma, double factor) {
    const cv::Mat whole(luma.height, luma.width, CV_8UC1, const_cast<unsigned char*>(luma.pixels.data()));
    cv::Mat small;
    cv::resize(whole, small, {}, factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::copyMakeBorder(small, small, margin, margin, margin, margin, cv::BORDER_REPLICATE);
    if (small.cols < hog_.winSize.width || small.rows < hog_.winSize.height) return {};
    std::vector<cv::Rect> found;
    std::vector<double> scores;
    hog_.detectMultiScale(small, found, scores, 0, {8, 8}, {}, step, grouping);
    std::vector<Detection> people;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (scores[i] < least_score) continue;
      const Box box = scaled(body(found[i] - cv::Point(margin, margin)), 1 / factor);
      people.push_back({clipped(box, luma.width, luma.height), Subject::person, scores[i]});
    }
    return people;
  }

  // The classifier's window was trained with a wide margin around the body.
  static Box body(const cv::Rect& window) {
    return around(window.x + window.width / 2.0, window.y + window.height / 2.0, window.width * 0.6,
                  window.height * 0.85);
  }

  cv::HOGDescriptor hog_;
};

}  // namespace

std::unique_ptr<Detector> make_people_detector() { return std::make_unique<PeopleDetector>(); }

}  // namespace reelwright::vision
