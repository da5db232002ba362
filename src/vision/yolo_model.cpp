#include "vision/yolo_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "vision/class_names.h"
#include "vision/yolo_output.h"

namespace reelwright::vision {

namespace {

constexpr int usual_side = 640;  // what YOLOv8 and v11 are trained on
// Those of the authors' own example for ONNX Runtime.
constexpr double least_score = 0.25;
constexpr double most_overlap = 0.45;
constexpr std::size_t most_at_once = 16;

std::string shown(const inference::OnnxSession& model) { return core::printable(model.file().string()); }

std::vector<std::string> own_names(const inference::OnnxSession& model) {
  const auto text = model.metadata().find("names");
  if (text == model.metadata().end()) return {};
  auto names = read_class_names(text->second);
  if (!names)
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("The names of classes in the model {} cannot be read; export it again.", shown(model)),
        core::printable(text->second));
  return *std::move(names);
}

std::vector<std::string> guessed_names(const inference::Shape& shape) {
  const auto form = yolo_form(shape, std::nullopt);
  std::vector<std::string> coco = coco_class_names();
  if (form && form->classes == static_cast<int>(coco.size())) return coco;
  return {};
}

[[noreturn]] void refuse(const inference::OnnxSession& model, const inference::Shape& shape) {
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("The model {} is no YOLOv8 or v11 detector: its output is {}. Export such a detector.",
                  shown(model), inference::text_of(shape)));
}

}  // namespace

YoloModel::YoloModel(std::shared_ptr<const inference::OnnxSession> session)
    : session_(std::move(session)), input_(picture_input(*session_)), names_(own_names(*session_)) {
  const inference::Shape& shape = session_->outputs().at(0).shape;
  named_ = !names_.empty();
  if (!named_) names_ = guessed_names(shape);
  const bool known = std::ranges::none_of(shape, [](std::int64_t side) { return side < 0; });
  if (shape.size() != 3) refuse(*session_, shape);
  if (known && !yolo_form(shape, named_ ? std::optional(static_cast<int>(names_.size())) : std::nullopt))
    refuse(*session_, shape);
}

int YoloModel::picture_width() const { return input_.width.value_or(usual_side); }

std::size_t YoloModel::at_once(std::size_t pictures) const {
  if (input_.batch) return static_cast<std::size_t>(*input_.batch);
  return std::min(pictures, most_at_once);
}

std::vector<std::vector<ScoredBox>> YoloModel::find(std::span<const media::Picture> pictures,
                                                    const std::stop_token& stop) const {
  std::vector<std::vector<ScoredBox>> found;
  while (!pictures.empty()) {
    // Pictures of one batch have one size.
    const auto same = [&](const media::Picture& other) {
      return other.width == pictures[0].width && other.height == pictures[0].height;
    };
    const auto alike = static_cast<std::size_t>(std::ranges::find_if_not(pictures, same) - pictures.begin());
    const auto some = pictures.first(std::min(alike, at_once(alike)));
    find_some(some, stop, found);
    pictures = pictures.subspan(some.size());
  }
  return found;
}

void YoloModel::find_some(std::span<const media::Picture> pictures, const std::stop_token& stop,
                          std::vector<std::vector<ScoredBox>>& found) const {
  const Letterbox place = place_for(input_, pictures[0].width, pictures[0].height, usual_side);
  const auto batch = static_cast<std::int64_t>(at_once(pictures.size()));
  inference::Tensor tensor{{batch, 3, place.height, place.width}, {}};
  // Where a model of fixed batches is given fewer, the rest stays black.
  tensor.values.resize(inference::value_count(tensor.shape));
  const std::size_t one = tensor.values.size() / static_cast<std::size_t>(batch);
  for (std::size_t i = 0; i < pictures.size(); ++i)
    paint(pictures[i], place, {.rgb = true, .unit = 1 / 255.0F},
          std::span(tensor.values).subspan(i * one, one));
  inference::Tensors inputs;
  inputs.emplace(input_.name, std::move(tensor));
  const inference::Tensors outputs = session_->run(inputs, stop);
  const inference::Tensor& made = outputs.at(session_->outputs()[0].name);
  if (made.shape.empty() || made.shape[0] != batch) refuse(*session_, made.shape);
  const std::size_t share = made.values.size() / static_cast<std::size_t>(batch);
  for (std::size_t i = 0; i < pictures.size(); ++i)
    found.push_back(read(std::span(made.values).subspan(i * share, share), made.shape, place));
}

std::vector<ScoredBox> YoloModel::read(std::span<const float> numbers, const inference::Shape& shape,
                                       const Letterbox& place) const {
  const auto form = yolo_form(shape, named_ ? std::optional(static_cast<int>(names_.size())) : std::nullopt);
  if (!form) refuse(*session_, shape);
  std::vector<ScoredBox> boxes = read_yolo(numbers, *form, least_score);
  if (form->layout != YoloLayout::finished) boxes = without_overlaps(boxes, most_overlap);
  for (ScoredBox& found : boxes)
    found.box = clipped(place.in_picture(found.box), place.picture_width, place.picture_height);
  std::erase_if(boxes, [](const ScoredBox& found) { return area(found.box) <= 0; });
  return boxes;
}

}  // namespace reelwright::vision
