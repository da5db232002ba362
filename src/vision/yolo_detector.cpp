#include "vision/yolo_detector.h"

#include <algorithm>

#include "vision/subject_classes.h"

namespace reelwright::vision {

namespace {

constexpr std::size_t most_found = 20;  // following a crowd would cost more than finding it

class YoloDetector : public Detector {
 public:
  YoloDetector(std::shared_ptr<const YoloModel> model, std::vector<Subject> wanted, std::string name,
               std::stop_token stop)
      : model_(std::move(model)), wanted_(std::move(wanted)), name_(std::move(name)), stop_(std::move(stop)) {
    for (const std::string& of_class : model_->names()) subjects_.push_back(subject_of_class(of_class));
  }

  /// It looks at everything each time, so `effort` is nothing to it.
  std::vector<Detection> detect(const media::Picture& picture, Effort) override {
    std::vector<Detection> found;
    for (const ScoredBox& box : model_->find({&picture, 1}, stop_).front()) {
      const Subject subject = subject_of(box.label);
      if (std::ranges::contains(wanted_, subject) && found.size() < most_found)
        found.push_back({box.box, subject, box.score});
    }
    return found;
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
  Subject subject_of(int label) const {
    const auto index = static_cast<std::size_t>(label);
    return index < subjects_.size() ? subjects_[index] : Subject::thing;
  }

  std::shared_ptr<const YoloModel> model_;
  std::vector<Subject> wanted_;
  std::vector<Subject> subjects_;  ///< of the model's classes
  std::string name_;
  std::stop_token stop_;
};

}  // namespace

std::unique_ptr<Detector> make_yolo_detector(std::shared_ptr<const YoloModel> model,
                                             std::vector<Subject> wanted, std::string name,
                                             std::stop_token stop) {
  return std::make_unique<YoloDetector>(std::move(model), std::move(wanted), std::move(name),
                                        std::move(stop));
}

}  // namespace reelwright::vision
