#include "vision/yunet_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::vision {

namespace {

constexpr std::array strides{8, 16, 32};  // pixels of the input a cell
constexpr int usual_side = 640;
// Those of OpenCV's own demonstration, but for the score: what is followed over time may be doubtful once.
constexpr double least_score = 0.7;
constexpr double most_overlap = 0.3;

/// What the network says of each cell of one grid, row by row.
struct Grid {
  int stride;
  int columns;
  int rows;
  const std::vector<float>& classes;  ///< how much a face it is
  const std::vector<float>& objects;  ///< how well its box is known
  const std::vector<float>& boxes;  ///< 4 a cell: centre's offset in cells, logarithms of the sides in cells

  std::size_t cells() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
  bool is_whole() const {
    return classes.size() == cells() && objects.size() == cells() && boxes.size() == 4 * cells();
  }
};

double score_at(const Grid& grid, std::size_t cell) {
  const double both = std::clamp(grid.classes[cell], 0.0F, 1.0F) * std::clamp(grid.objects[cell], 0.0F, 1.0F);
  return std::sqrt(both);
}

Box box_at(const Grid& grid, std::size_t cell) {
  const auto columns = static_cast<std::size_t>(grid.columns);
  const std::size_t row = cell / columns;
  const float* const numbers = &grid.boxes[4 * cell];
  return scaled(
      around(static_cast<double>(cell % columns) + numbers[0], static_cast<double>(row) + numbers[1],
             std::exp(static_cast<double>(numbers[2])), std::exp(static_cast<double>(numbers[3]))),
      grid.stride);
}

void read_grid(const Grid& grid, std::vector<ScoredBox>& faces) {
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const double score = score_at(grid, cell);
    if (!(score >= least_score)) continue;  // nor where it is no number
    const Box box = box_at(grid, cell);
    if (std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(area(box)))
      faces.push_back({box, score, 0});
  }
}

[[noreturn]] void refuse(const inference::OnnxSession& model) {
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("The model {} is no YuNet; take face_detection_yunet of 2023 or later from OpenCV's "
                  "model zoo, without block quantisation.",
                  core::printable(model.file().string())));
}

}  // namespace

bool YunetModel::is_one(const inference::OnnxSession& session) {
  return std::ranges::all_of(strides, [&](int stride) {
    return std::ranges::all_of(std::array{"cls", "obj", "bbox"}, [&](const char* kind) {
      return std::ranges::contains(session.outputs(), fmt::format("{}_{}", kind, stride),
                                   &inference::TensorFacts::name);
    });
  });
}

YunetModel::YunetModel(std::shared_ptr<const inference::OnnxSession> session)
    : session_(std::move(session)), input_(picture_input(*session_)) {
  if (!is_one(*session_) || input_.batch.value_or(1) != 1) refuse(*session_);
}

int YunetModel::picture_width() const { return input_.width.value_or(usual_side); }

std::vector<ScoredBox> YunetModel::find(const media::Picture& picture, const std::stop_token& stop) const {
  const Letterbox place = place_for(input_, picture.width, picture.height, usual_side);
  inference::Tensor tensor{{1, 3, place.height, place.width}, {}};
  tensor.values.resize(inference::value_count(tensor.shape));
  paint(picture, place, {.rgb = false, .unit = 1, .padding = 0}, tensor.values);
  inference::Tensors inputs;
  inputs.emplace(input_.name, std::move(tensor));
  const inference::Tensors made = session_->run(inputs, stop);
  std::vector<ScoredBox> faces;
  for (const int stride : strides) {
    const auto of = [&](const char* kind) -> const std::vector<float>& {
      return made.at(fmt::format("{}_{}", kind, stride)).values;
    };
    const Grid grid{stride, place.width / stride, place.height / stride, of("cls"), of("obj"), of("bbox")};
    if (!grid.is_whole()) refuse(*session_);
    read_grid(grid, faces);
  }
  faces = without_overlaps(faces, most_overlap);
  for (ScoredBox& face : faces) face.box = place.in_picture(face.box);
  return faces;
}

}  // namespace reelwright::vision
