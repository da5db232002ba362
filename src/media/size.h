#pragma once

#include <optional>
#include <string_view>

namespace reelwright::media {

/// Width and height of a picture in pixels.
struct Size {
  int width = 0;
  int height = 0;

  bool operator==(const Size&) const = default;
};

/// The size of a finished video: `9:16` 1080x1920, `1:1` 1080x1080, `4:5` 1080x1350, `16:9` 1920x1080.
/// Nothing for any other ratio.
constexpr std::optional<Size> output_size(std::string_view aspect_ratio) {
  if (aspect_ratio == "9:16") return Size{1080, 1920};
  if (aspect_ratio == "1:1") return Size{1080, 1080};
  if (aspect_ratio == "4:5") return Size{1080, 1350};
  if (aspect_ratio == "16:9") return Size{1920, 1080};
  return std::nullopt;
}

}  // namespace reelwright::media
