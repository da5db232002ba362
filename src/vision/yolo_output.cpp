#include "vision/yolo_output.h"

#include <algorithm>
#include <cmath>

namespace reelwright::vision {

namespace {

constexpr int place = 4;  // numbers that say where a box is
constexpr int finished_columns = 6;
constexpr std::int64_t most_finished =
    1000;  // a grid has thousands of cells, a list of results has 100 to 300
constexpr std::int64_t most_numbers = 1 << 28;

std::optional<YoloForm> raw_form(YoloLayout layout, std::int64_t boxes, std::int64_t channels,
                                 std::optional<int> classes) {
  const std::int64_t named = classes.value_or(static_cast<int>(channels - place));
  // One number more than classes is how sure YOLOv5 and before are that there is anything.
  if (named < 1 || channels < place + named || channels == place + named + 1) return std::nullopt;
  return YoloForm{layout, static_cast<int>(boxes), static_cast<int>(named), static_cast<int>(channels)};
}

/// A view of a picture's numbers as rows or columns.
struct Numbers {
  std::span<const float> all;
  const YoloForm& form;

  double at(int box, int channel) const {
    const auto index = form.layout == YoloLayout::rows
                           ? static_cast<std::size_t>(channel) * static_cast<std::size_t>(form.boxes) +
                                 static_cast<std::size_t>(box)
                           : static_cast<std::size_t>(box) * static_cast<std::size_t>(form.channels) +
                                 static_cast<std::size_t>(channel);
    return all[index];
  }
};

bool is_sound(const Box& box) {
  const bool finite =
      std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) && std::isfinite(box.height);
  return finite && box.width > 0 && box.height > 0;
}

ScoredBox raw_box(const Numbers& numbers, int index) {
  ScoredBox found;
  for (int label = 0; label < numbers.form.classes; ++label) {
    const double score = numbers.at(index, place + label);
    if (score > found.score) found.score = score, found.label = label;
  }
  found.box = around(numbers.at(index, 0), numbers.at(index, 1), numbers.at(index, 2), numbers.at(index, 3));
  return found;
}

ScoredBox finished_box(const Numbers& numbers, int index) {
  const double left = numbers.at(index, 0);
  const double top = numbers.at(index, 1);
  const double label = numbers.at(index, 5);
  return {.box = {left, top, numbers.at(index, 2) - left, numbers.at(index, 3) - top},
          .score = numbers.at(index, 4),
          .label = label >= 0 && label < 1e6 ? static_cast<int>(label) : -1};
}

}  // namespace

std::optional<YoloForm> yolo_form(const inference::Shape& shape, std::optional<int> classes) {
  if (shape.size() != 3 || shape[1] < 0 || shape[2] < 0 || shape[1] > most_numbers || shape[2] > most_numbers)
    return std::nullopt;
  const bool two_classes = classes == finished_columns - place;
  if (shape[2] == finished_columns && (!two_classes || shape[1] <= most_finished))
    return YoloForm{YoloLayout::finished, static_cast<int>(shape[1]), 0, finished_columns};
  // There are more boxes than classes, but where the names say otherwise.
  const bool rows =
      classes ? shape[1] == place + *classes || (shape[2] != place + *classes && shape[1] < shape[2])
              : shape[1] < shape[2];
  return rows ? raw_form(YoloLayout::rows, shape[2], shape[1], classes)
              : raw_form(YoloLayout::columns, shape[1], shape[2], classes);
}

std::vector<ScoredBox> read_yolo(std::span<const float> numbers, const YoloForm& form, double least_score) {
  const Numbers view{numbers, form};
  std::vector<ScoredBox> found;
  for (int i = 0; i < form.boxes; ++i) {
    const ScoredBox box = form.layout == YoloLayout::finished ? finished_box(view, i) : raw_box(view, i);
    if (box.score >= least_score && std::isfinite(box.score) && box.label >= 0 && is_sound(box.box))
      found.push_back(box);
  }
  return found;
}

}  // namespace reelwright::vision
