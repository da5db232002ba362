#include "vision/class_names.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace reelwright::vision {

namespace {

constexpr std::size_t most_names = 10'000;
constexpr std::size_t longest_name = 200;

/// Walks over the text; each step says whether what it wanted stood there.
class Walk {
 public:
  explicit Walk(std::string_view text) : rest_(text) {}

  bool take(char wanted) {
    skip_space();
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool at_end() {
    skip_space();
    return rest_.empty();
  }

  bool take_number(std::size_t& number) {
    skip_space();
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc{} || number >= most_names) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  bool take_string(std::string& string) {
    skip_space();
    if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) return false;
    const char quote = rest_[0];
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_[0] != quote)
      if (!take_letter(string)) return false;
    return !string.empty() && string.size() <= longest_name && take_raw(quote);
  }

 private:
  /// One byte, or what an escape of a quote or of itself stands for; no other escapes are known.
  bool take_letter(std::string& string) {
    if (rest_[0] == '\\') {
      rest_.remove_prefix(1);
      if (rest_.empty() || !std::string_view("\\'\"").contains(rest_[0])) return false;
    } else if (static_cast<unsigned char>(rest_[0]) < ' ') {
      return false;
    }
    string += rest_[0];
    rest_.remove_prefix(1);
    return string.size() <= longest_name;
  }

  bool take_raw(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  std::string_view rest_;
};

/// An empty name is one that was not given yet.
bool take_entry(Walk& walk, std::vector<std::string>& names) {
  std::size_t number = 0;
  std::string name;
  if (!walk.take_number(number) || !walk.take(':') || !walk.take_string(name)) return false;
  if (names.size() <= number) names.resize(number + 1);
  if (!names[number].empty()) return false;
  names[number] = std::move(name);
  return true;
}

constexpr std::array<std::string_view, 80> coco{"person",        "bicycle",      "car",
                                                "motorcycle",    "airplane",     "bus",
                                                "train",         "truck",        "boat",
                                                "traffic light", "fire hydrant", "stop sign",
                                                "parking meter", "bench",        "bird",
                                                "cat",           "dog",          "horse",
                                                "sheep",         "cow",          "elephant",
                                                "bear",          "zebra",        "giraffe",
                                                "backpack",      "umbrella",     "handbag",
                                                "tie",           "suitcase",     "frisbee",
                                                "skis",          "snowboard",    "sports ball",
                                                "kite",          "baseball bat", "baseball glove",
                                                "skateboard",    "surfboard",    "tennis racket",
                                                "bottle",        "wine glass",   "cup",
                                                "fork",          "knife",        "spoon",
                                                "bowl",          "banana",       "apple",
                                                "sandwich",      "orange",       "broccoli",
                                                "carrot",        "hot dog",      "pizza",
                                                "donut",         "cake",         "chair",
                                                "couch",         "potted plant", "bed",
                                                "dining table",  "toilet",       "tv",
                                                "laptop",        "mouse",        "remote",
                                                "keyboard",      "cell phone",   "microwave",
                                                "oven",          "toaster",      "sink",
                                                "refrigerator",  "book",         "clock",
                                                "vase",          "scissors",     "teddy bear",
                                                "hair drier",    "toothbrush"};

}  // namespace

std::optional<std::vector<std::string>> read_class_names(std::string_view text) {
  Walk walk(text);
  std::vector<std::string> names;
  if (!walk.take('{')) return std::nullopt;
  do {
    if (!take_entry(walk, names)) return std::nullopt;
  } while (walk.take(','));
  if (!walk.take('}') || !walk.at_end()) return std::nullopt;
  if (std::ranges::any_of(names, &std::string::empty)) return std::nullopt;
  return names;
}

std::vector<std::string> coco_class_names() { return {coco.begin(), coco.end()}; }

}  // namespace reelwright::vision
