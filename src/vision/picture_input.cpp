#include "vision/picture_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::vision {

namespace {

constexpr std::int64_t largest_side = 8192;
constexpr std::int64_t largest_batch = 64;
constexpr int halvings = 32;

[[noreturn]] void refuse(const inference::OnnxSession& model, const std::string& why) {
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format(
          "The model {} is no detector that can be used: {}. Export a YOLOv8 or v11 detector, or YuNet.",
          core::printable(model.file().string()), why));
}

std::optional<int> side(std::int64_t length) {
  return length < 0 ? std::nullopt : std::optional(static_cast<int>(length));
}

int rounded_up(double length) {
  return std::max(1, static_cast<int>(std::ceil(length / halvings))) * halvings;
}

}  // namespace

PictureInput picture_input(const inference::OnnxSession& model) {
  if (model.inputs().size() != 1)
    refuse(model, fmt::format("it has {} inputs, not one", model.inputs().size()));
  const inference::TensorFacts& facts = model.inputs()[0];
  const inference::Shape& shape = facts.shape;
  const bool fits = facts.type == "float" && shape.size() == 4 && (shape[1] == 3 || shape[1] < 0) &&
                    shape[0] != 0 && shape[0] <= largest_batch && shape[2] != 0 && shape[2] <= largest_side &&
                    shape[3] != 0 && shape[3] <= largest_side;
  if (!fits)
    refuse(model, fmt::format("its input is {} of {}, not 1x3xHEIGHTxWIDTH of float",
                              inference::text_of(shape), facts.type));
  return {facts.name, side(shape[0]), side(shape[2]), side(shape[3])};
}

Letterbox place_for(const PictureInput& input, int picture_width, int picture_height, int long_side) {
  const double factor = static_cast<double>(long_side) / std::max(picture_width, picture_height);
  const int width = input.width.value_or(rounded_up(picture_width * factor));
  const int height = input.height.value_or(rounded_up(picture_height * factor));
  return letterbox(picture_width, picture_height, width, height);
}

}  // namespace reelwright::vision
