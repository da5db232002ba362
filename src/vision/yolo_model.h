#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/onnx_session.h"
#include "media/scaler.h"
#include "vision/nms.h"
#include "vision/picture_input.h"

namespace reelwright::vision {

/// A YOLOv8 or v11 detector (Jocher et al. 2023, 2024; after Redmon et al. 2016) as their exporter writes it,
/// raw or with its own suppression of overlaps. Thread-safe.
class YoloModel {
 public:
  /// Throws `invalid_input`, naming the file, where the model is something else.
  explicit YoloModel(std::shared_ptr<const inference::OnnxSession> session);

  /// What is in each picture (BGR, or grey), in its pixels and inside it, the best first; labels are numbers
  /// of `names`. Looks at as many pictures at once as the model allows. Throws what `OnnxSession::run`
  /// throws.
  std::vector<std::vector<ScoredBox>> find(std::span<const media::Picture> pictures,
                                           const std::stop_token& stop) const;

  /// Of the classes; a class that the model does not name is called by its number.
  const std::vector<std::string>& names() const { return names_; }
  const inference::OnnxSession& session() const { return *session_; }

  /// How wide pictures need to be.
  int picture_width() const;

 private:
  std::size_t at_once(std::size_t pictures) const;
  void find_some(std::span<const media::Picture> pictures, const std::stop_token& stop,
                 std::vector<std::vector<ScoredBox>>& found) const;
  std::vector<ScoredBox> read(std::span<const float> numbers, const inference::Shape& shape,
                              const Letterbox& place) const;

  std::shared_ptr<const inference::OnnxSession> session_;
  PictureInput input_;
  std::vector<std::string> names_;
  bool named_ = false;  ///< the names are the model's own, so their number is known
};

}  // namespace reelwright::vision
