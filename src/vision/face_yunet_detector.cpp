#include "vision/face_yunet_detector.h"

#include <algorithm>

namespace reelwright::vision {

namespace {

class YunetDetector : public Detector {
 public:
  YunetDetector(std::shared_ptr<const YunetModel> model, std::string name, std::stop_token stop)
      : model_(std::move(model)), name_(std::move(name)), stop_(std::move(stop)) {}

  /// It looks at everything each time, so `effort` is nothing to it.
  std::vector<Detection> detect(const media::Picture& picture, Effort) override {
    std::vector<Detection> faces;
    for (const ScoredBox& face : model_->find(picture, stop_))
      faces.push_back({cascade_box(face.box), Subject::face, face.score});
    return faces;
  }

  std::vector<Detection> detect(const media::Picture& picture, const Box& within, double smallest,
                                double largest) override {
    return those_within(detect(picture, Effort::thorough), within, smallest, largest);
  }

  DetectorTraits traits() const override {
    return {.colour_width = model_->picture_width(), .sees_all = true};
  }
  std::string name() const override { return name_; }

 private:
  std::shared_ptr<const YunetModel> model_;
  std::string name_;
  std::stop_token stop_;
};

}  // namespace

Box cascade_box(const Box& face) {
  // Ear to ear is 0.8 of a cascade's box (see `core_of`), and both boxes end at the chin.
  const double side = face.width / 0.8;
  return {centre_x(face) - side / 2, face.y + face.height - side, side, side};
}

std::unique_ptr<Detector> make_yunet_detector(std::shared_ptr<const YunetModel> model, std::string name,
                                              std::stop_token stop) {
  return std::make_unique<YunetDetector>(std::move(model), std::move(name), std::move(stop));
}

}  // namespace reelwright::vision
